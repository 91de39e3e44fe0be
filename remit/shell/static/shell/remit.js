// Small help for pages that work without it: faults of partial updates are said, and focus follows what changed.

const refusals = () => document.getElementById("refusals");

const say = (words) => {
  const region = refusals();
  if (!region) return;
  const notice = document.createElement("div");
  notice.className = "remit-notice remit-notice--stop";
  const paragraph = document.createElement("p");
  paragraph.textContent = words;
  notice.append(paragraph);
  region.replaceChildren(notice);
  region.scrollIntoView({ block: "nearest" });
};

document.body.addEventListener("htmx:beforeRequest", () => refusals()?.replaceChildren());
document.body.addEventListener("htmx:responseError", () => say(refusals()?.dataset.fault ?? ""));
document.body.addEventListener("htmx:sendError", () => say(refusals()?.dataset.unreachable ?? ""));

// A form that came back with errors: the summary takes the focus, as it does on a whole page.
document.body.addEventListener("htmx:afterSettle", (event) => {
  const summary = event.target.querySelector?.(".nhsuk-error-summary");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
});

// A form marked data-submit-on-change sends itself; its button stays for those without scripts.
document.body.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  form?.requestSubmit();
});
