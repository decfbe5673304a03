/* The search box: places, sites and records, found by the server while one types; data/search.py says how. */
(function () {
  "use strict";

  const { element, say } = window.atlasParts;

  const WAIT_MS = 250;
  const LONGEST = 100;
  const NEAR = { place: 10, compound: 11, event: 11, complaint: 11 };
  const KINDS = { place: () => say("Place"), compound: () => say("Site"), event: () => say("Event"), complaint: () => say("Complaint") };

  /* As in data/search.py: three letters, two in Chinese. */
  const longEnough = (text) => {
    const letters = text.replace(/[\s\p{Cf}\p{P}]/gu, "");
    return letters.length >= (/\p{Script=Han}/u.test(letters) ? 2 : 3);
  };

  AtlasFrame.prototype.addSearch = function () {
    const box = element("div", "atlas-search leaflet-control");
    const input = element("input");
    Object.assign(input, { type: "search", maxLength: LONGEST, placeholder: say("Find a place, site or record"), autocomplete: "off", spellcheck: false });
    const list = element("div", "atlas-found");
    list.id = "atlas-found";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", say("What was found"));
    list.hidden = true;
    const status = element("div", "atlas-unseen");
    status.setAttribute("role", "status");
    Object.entries({ role: "combobox", "aria-label": say("Find a place, site or record"), "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })
      .forEach(([name, value]) => input.setAttribute(name, value));
    box.append(input, list, status);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    const corner = this.main.map.getContainer().querySelector(".leaflet-top.leaflet-left");
    corner.prepend(box);
    this.search = { box: box, input: input, list: list, status: status, options: [], active: -1, asked: "" };
    let timer = 0;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      const text = input.value.trim();
      if (!longEnough(text)) { this.search.asked = ""; this.closeFound(); return; }
      timer = setTimeout(() => this.ask(text), WAIT_MS);
    });
    input.addEventListener("focus", () => { if (this.search.options.length && this.search.asked === input.value.trim()) this.openFound(); });
    box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) this.closeFound(); });
    input.addEventListener("keydown", (event) => this.steer(event));
  };

  AtlasFrame.prototype.ask = function (text) {
    const found = this.payload && this.payload.searched;
    this.search.asked = text;
    if (found && found.text === text) { this.listFound(); return; }
    this.search.list.replaceChildren(element("div", "atlas-none", say("Searching …")));
    this.search.options = [];
    this.openFound();
    atlas.send({ search: text });
  };

  /* A payload has come; the list is drawn when it answers what was asked last. */
  AtlasFrame.prototype.takeFound = function () {
    const answer = this.payload.searched;
    this.search.box.hidden = !answer; /* a map without search has none */
    if (!answer || answer.text !== this.search.asked || this.search.listed === JSON.stringify(answer) + JSON.stringify(this.payload.found)) return;
    if (this.search.box.contains(document.activeElement)) this.listFound();
  };

  AtlasFrame.prototype.listFound = function () {
    const { list, status } = this.search;
    const found = this.payload.found || [];
    const more = this.payload.searched.more;
    this.search.listed = JSON.stringify(this.payload.searched) + JSON.stringify(found);
    const options = found.map((one, i) => {
      const option = element("div", "atlas-one");
      option.id = "atlas-one-" + i;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(element("span", "label", one.label), element("span", "kind", KINDS[one.kind]()));
      option.addEventListener("pointerdown", (event) => event.preventDefault()); /* the box keeps the focus */
      option.addEventListener("click", () => this.choose(one));
      return option;
    });
    const rest = [];
    if (!found.length) rest.push(element("div", "atlas-none", say("Nothing of that name. Spellings differ: try the beginning of it.")));
    if (more) rest.push(element("div", "atlas-none", say("{n} more; type more letters.", { n: more.toLocaleString("en") })));
    list.replaceChildren(...options, ...rest);
    this.search.options = options;
    this.search.active = -1;
    status.textContent = say("{n} found", { n: found.length });
    this.openFound();
  };

  AtlasFrame.prototype.openFound = function () {
    this.search.list.hidden = false;
    this.search.input.setAttribute("aria-expanded", "true");
  };

  AtlasFrame.prototype.closeFound = function () {
    this.search.list.hidden = true;
    this.search.input.setAttribute("aria-expanded", "false");
    this.search.input.removeAttribute("aria-activedescendant");
  };

  AtlasFrame.prototype.steer = function (event) {
    const { options, list, input } = this.search;
    event.stopPropagation(); /* the map moves by the same keys */
    if (event.key === "Escape") { this.closeFound(); return; }
    if (event.key === "Enter" && !list.hidden && options.length) {
      event.preventDefault();
      this.choose(this.payload.found[Math.max(this.search.active, 0)]);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !options.length) return;
    event.preventDefault();
    if (list.hidden) this.openFound();
    this.search.active = (this.search.active + step + options.length + (this.search.active < 0 && step < 0 ? 1 : 0)) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.search.active)));
    input.setAttribute("aria-activedescendant", options[this.search.active].id);
    options[this.search.active].scrollIntoView({ block: "nearest" });
  };

  /* Goes there, marks the place, and opens what has a panel of its own. */
  AtlasFrame.prototype.choose = function (one) {
    const map = this.main.map;
    this.closeFound();
    this.moved = true;
    if (this.mark) this.mark.remove();
    this.mark = null;
    const province = this.main.outline[one.province];
    if (one.at) {
      map.setView(one.at, NEAR[one.kind]);
      this.mark = L.circleMarker(one.at, { radius: 16, pane: "atlas-areas", renderer: this.main.areaSurface, interactive: false, fill: false, color: "#0b5a7a", weight: 3, className: "atlas-mark" }).addTo(map);
    } else if (province) {
      map.fitBounds(province.getBounds(), { padding: [12, 12] });
    }
    if (one.kind === "compound") this.main.pick({ compound: one.id });
    else if (one.kind !== "place") this.main.pick({ record: one.id });
    else if (one.id.startsWith("province ")) this.main.pick({ province: one.province });
  };
})();
