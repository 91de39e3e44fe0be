// Starts the NHS components. A module file, because the content security policy allows no inline script.
import { initAll } from "./nhsuk-frontend.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();
