/* Days as whole numbers since 1970, and periods in words, as data/periods.py words them. */
(function () {
  "use strict";

  const DAY_MS = 86400000;

  const dayOf = (text) => Math.round(Date.parse(text + "T00:00:00Z") / DAY_MS);
  const textOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

  function partsOf(day, months) {
    const date = new Date(day * DAY_MS);
    return { day: date.getUTCDate(), month: months[date.getUTCMonth()], year: date.getUTCFullYear() };
  }

  function dayText(day, months) {
    const its = partsOf(day, months);
    return `${its.day} ${its.month} ${its.year}`;
  }

  /* from, to: half-open; the last day is named. */
  function periodText(from, to, months) {
    const first = partsOf(from, months);
    const last = partsOf(to - 1, months);
    if (to - from === 1) return dayText(from, months);
    let left = `${first.day} ${first.month}${first.year === last.year ? "" : " " + first.year}`;
    if (first.year === last.year && first.month === last.month) left = String(first.day);
    return `${left} – ${dayText(to - 1, months)}`;
  }

  window.atlasDays = Object.freeze({ dayOf, textOf, dayText, periodText });
})();
