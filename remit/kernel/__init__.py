"""What every part of Remit speaks in: ids, time, actors, refusals, money and words."""
