/* Sites as pins, their uncertainty, fans of several at one place, and badges of provinces. */
(function () {
  "use strict";

  const { element, lines, svg, glyph, focusKey, makeButton, say } = window.atlasParts;

  const FAN_PX = 24;
  const JOIN_PX = 14;

  /* Sites by place: those with the same coordinates belong together. */
  function byPlace(sites) {
    const groups = {};
    sites.forEach((site) => { const key = site.at.map((degree) => degree.toFixed(4)).join(); (groups[key] = groups[key] || []).push(site); });
    return Object.values(groups);
  }

  /* From far, places that would lie on each other join into one pin. The first place of a group keeps its position, so
     that a pin never stands where no site is. */
  function byDistance(groups, pixelOf) {
    const joined = [];
    groups.forEach((group) => {
      const at = pixelOf(group[0].at);
      const near = joined.find((other) => at.distanceTo(other.pixel) < JOIN_PX);
      if (near) near.sites.push(...group);
      else joined.push({ pixel: at, sites: [...group] });
    });
    return joined.map((other) => other.sites);
  }

  /* Where the sites of one place stand around it, in pixels: nothing lies hidden beneath something else. */
  function fanOut(count) {
    if (count === 1) return [[0, 0]];
    const radius = Math.max(FAN_PX, (count * 22) / (2 * Math.PI));
    return Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * i) / count - Math.PI / 2;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  }

  function leaders(shifts) {
    const reach = Math.max(...shifts.flat().map(Math.abs)) + 2;
    const picture = svg("svg", { width: 2 * reach, height: 2 * reach, viewBox: `${-reach} ${-reach} ${2 * reach} ${2 * reach}` });
    shifts.forEach(([x, y]) => picture.appendChild(svg("line", { x1: 0, y1: 0, x2: x, y2: y, stroke: "#1d2733", "stroke-width": 0.9 })));
    picture.appendChild(svg("circle", { cx: 0, cy: 0, r: 2.5, fill: "#1d2733" }));
    return L.divIcon({ html: picture, className: "", iconSize: [2 * reach, 2 * reach] });
  }

  AtlasMap.prototype.drawSites = function () {
    this.sites.clearLayers();
    this.areas.clearLayers();
    const places = byPlace(this.payload.sites || []);
    places.forEach((group) => {
      const at = group[0].at;
      new Set(group.map((site) => site.uncertainty_m).filter(Boolean)).forEach((radius) => {
        L.circle(at, { radius: radius, interactive: false, renderer: this.areaSurface, color: "#1d2733", weight: 0.8, opacity: 0.55, dashArray: "3 3", fillColor: "#1d2733", fillOpacity: 0.04 }).addTo(this.areas);
      });
    });
    const shown = this.fanned ? places : byDistance(places, (at) => this.map.project(at, this.map.getZoom()));
    shown.forEach((group) => {
      const at = group[0].at;
      if (group.length > 1 && !this.fanned) { this.drawGroup(group); return; }
      const shifts = fanOut(group.length);
      if (group.length > 1) L.marker(at, { icon: leaders(shifts), pane: "shadowPane", interactive: false, keyboard: false }).addTo(this.sites);
      group.forEach((site, i) => this.drawSite(site, shifts[i]));
    });
    this.badges.clearLayers();
    (this.payload.badges || []).forEach((badge) => {
      const box = element("div", "atlas-badge");
      box.appendChild(element("b", "", badge.count));
      box.appendChild(document.createTextNode(" " + badge.word));
      const below = (this.facts(badge.code).radius || 8) + 6;
      const marker = L.marker(this.labelOf(badge.code).at, { icon: L.divIcon({ html: box, className: "", iconSize: [0, 0], iconAnchor: [0, -below] }), keyboard: false }).addTo(this.badges);
      makeButton(marker, badge.tip.join(". "), "badge " + badge.code);
      marker.bindTooltip(() => lines(badge.tip), { className: "atlas-tip" });
      marker.on("click", () => this.pick({ province: badge.code }));
    });
  };

  AtlasMap.prototype.glyphOf = function (site) {
    return glyph((this.payload.statuses || {})[site.status]);
  };

  AtlasMap.prototype.drawSite = function (site, shift) {
    const chosen = this.payload.selected === site.id ? " chosen" : "";
    const marker = L.marker(site.at, {
      icon: L.divIcon({ html: this.glyphOf(site), className: "atlas-site" + chosen, iconSize: [18, 18], iconAnchor: [9 - shift[0], 9 - shift[1]] }),
      keyboard: false, riseOnHover: true,
    }).addTo(this.sites);
    makeButton(marker, site.tip.join(". "), "site " + site.id);
    marker.bindTooltip(() => lines(site.tip), { className: "atlas-tip", offset: shift });
    marker.on("click", () => {
      this.open(site.at, lines(site.popup, "atlas-popup"), [shift[0], shift[1] - 6]);
      this.pick({ compound: site.id });
    });
  };

  /* From far, sites at one place are one pin with their number; its popup lists them all. */
  AtlasMap.prototype.drawGroup = function (group) {
    const one = group.every((site) => String(site.at) === String(group[0].at));
    const title = one ? say("{n} sites at one place", { n: group.length }) : say("{n} sites close together", { n: group.length });
    const chosen = group.some((site) => site.id === this.payload.selected) ? " chosen" : "";
    const marker = L.marker(group[0].at, {
      icon: L.divIcon({ html: element("div", "atlas-group" + chosen, say("{n} sites", { n: group.length })), className: "", iconSize: [0, 0] }),
      keyboard: false, riseOnHover: true,
    }).addTo(this.sites);
    const key = "group " + group[0].id;
    makeButton(marker, [title, ...group.map((site) => site.tip.join(", "))].join(". "), key);
    marker.bindTooltip(() => lines([title, ...group.map((site) => site.tip[0])]), { className: "atlas-tip" });
    marker.on("click", (event) => {
      const box = element("div", "atlas-popup");
      box.appendChild(element("div", "atlas-head", title));
      group.forEach((site) => {
        const button = element("button", "atlas-choice");
        button.type = "button";
        button.append(this.glyphOf(site), element("span", "", site.tip.join(" · ")));
        button.addEventListener("click", () => {
          focusKey(this.opener);
          this.open(site.at, lines(site.popup, "atlas-popup"));
          this.pick({ compound: site.id });
        });
        box.appendChild(button);
      });
      if (!one) {
        const closer = element("button", "atlas-choice", say("Closer: set them apart"));
        closer.type = "button";
        closer.addEventListener("click", () => { this.map.closePopup(); this.map.fitBounds(L.latLngBounds(group.map((site) => site.at)).pad(0.3)); });
        box.appendChild(closer);
      }
      this.opener = key;
      this.open(group[0].at, box);
      if (event.byKey) box.querySelector("button").focus();
    });
  };
})();
