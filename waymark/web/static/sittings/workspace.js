// The workspace saves itself. What the server has not confirmed is kept in the browser until it has. The page works without.
(() => {
  const root = document.querySelector("[data-workspace]");
  if (!root) return;
  const words = root.dataset;
  // Nobody else who signs in on this computer is offered these words.
  const prefix = `waymark.sitting.${words.person}.${words.appointment}.`;
  const QUICKLY = 800, AGAIN = 5000;
  let token = document.querySelector("input[name=csrfmiddlewaretoken]").value;

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  const clock = (moment) => new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const store = {
    keep(name, value) { try { localStorage.setItem(prefix + name, JSON.stringify(value)); } catch { /* full or forbidden: Save still works */ } },
    read(name) { try { return JSON.parse(localStorage.getItem(prefix + name)); } catch { return null; } },
    drop(name) { try { localStorage.removeItem(prefix + name); } catch { /* nothing is kept */ } },
  };

  // After signing in again, or in another window, the page has an old token: the page itself has the new one.
  async function renewToken() {
    const answer = await fetch(location.pathname, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return false;
    const found = (await answer.text()).match(/name="csrfmiddlewaretoken" value="([^"]+)"/);
    if (!found) return false;
    token = found[1];
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  }

  async function send(url, body, retried) {
    body.set("csrfmiddlewaretoken", token);
    const answer = await fetch(url, { method: "POST", body, headers: { "X-Quiet": "yes" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") return { state: "signedOut" };
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.status === 403 && !isJson) {
      if (!retried && await renewToken()) return send(url, body, true);
      return { state: "signedOut" };
    }
    if (!isJson) return { state: "offline" };
    const said = await answer.json();
    if (said.saved) return { state: "saved", ...said };
    return said.refused ? { state: "refused", why: said.refused } : { state: "offline" };
  }

  function teller(place) {
    return (text, waiting) => {
      if (!place) return;
      place.classList.toggle("ws-saved--waiting", Boolean(waiting));
      if (place.textContent !== text) place.textContent = text;
    };
  }

  // Shared by texts and ticks: one at a time, again until it is confirmed.
  function saver({ say, isSaved, request, done }) {
    let timer = null, sending = false;
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(now, wait); };
    async function now() {
      clearTimeout(timer);
      if (sending || isSaved()) return;
      sending = true;
      let answer;
      try { answer = await request(); } catch { answer = { state: "offline" }; }
      sending = false;
      if (answer.state === "saved") {
        say(fill(words.saySaved, answer));
        done(answer);
        if (!isSaved()) later(QUICKLY);
      } else if (answer.state === "refused") {
        say(fill(words.sayRefused, answer), true);
      } else {
        say(answer.state === "signedOut" ? words.saySignedOut : words.sayOffline, true);
        later(AGAIN);
      }
    }
    addEventListener("online", () => { if (!isSaved()) later(0); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden && !isSaved()) later(0); });
    return { later, now };
  }

  function keepText(form) {
    const box = form.elements.text, base = form.elements.based_on, name = `text.${form.dataset.text}`;
    const say = teller(form.querySelector("[data-saved]")), panel = form.querySelector("[data-other]");
    let saved = box.value, sent = saved;

    const remember = () => {
      if (box.value === saved) store.drop(name);
      else store.keep(name, { text: box.value, base: base.value, at: Date.now() });
    };
    const showOther = (other) => {
      panel.replaceChildren();
      const line = (tag, text, className) => {
        const made = document.createElement(tag);
        made.textContent = text;
        if (className) made.className = className;
        panel.append(made);
        return made;
      };
      line("p", fill(words.sayOther, { at: other.at, who: other.by }), "govuk-body");
      line("p", other.text, "govuk-body ws-other__text");
      line("p", words.sayMine, "govuk-body");
      const button = (label, act) => {
        const made = line("button", label, "govuk-button govuk-button--secondary wm-small");
        made.type = "button";
        made.addEventListener("click", () => { act(); panel.hidden = true; box.focus(); });
      };
      button(words.sayPut, () => { box.value = `${other.text}\n${box.value}`; remember(); work.later(0); });
      button(words.sayLeave, () => {});
      panel.hidden = false;
    };
    const work = saver({
      say,
      isSaved: () => box.value === saved,
      request: () => {
        sent = box.value;
        return send(form.action, new URLSearchParams({ field: form.dataset.text, text: sent, based_on: base.value }));
      },
      done: (answer) => {
        saved = sent;
        base.value = answer.revision;
        remember();
        if (answer.other) showOther(answer.other);
      },
    });

    box.addEventListener("input", () => { remember(); say(words.saySaving); work.later(QUICKLY); });
    form.addEventListener("submit", (event) => { event.preventDefault(); if (box.value !== saved) work.now(); else say(fill(words.saySaved, { at: clock(Date.now()) })); });

    const kept = store.read(name);
    if (kept && kept.text !== box.value) {
      box.value = kept.text;
      base.value = kept.base;
      form.closest("details")?.setAttribute("open", "");
      say(fill(words.sayBack, { at: clock(kept.at) }), true);
      work.later(2 * QUICKLY);
    } else if (kept) {
      store.drop(name);
    }
  }

  function keepTicks(form) {
    const name = `ticks.${form.dataset.ticks}`;
    const say = teller(form.querySelector("[data-saved]") || document.querySelector(`[data-saved-of="${form.dataset.ticks}"]`));
    const present = () => { const body = new URLSearchParams(new FormData(form)); body.delete("csrfmiddlewaretoken"); return body.toString(); };
    let saved = present(), sent = saved;
    // What the page had shown before is now what was saved, so that another window's marks are not undone.
    const catchUp = () => {
      for (const field of form.elements) {
        if (!field.name.startsWith("was-")) continue;
        const now = new URLSearchParams(sent).get(field.name.slice(4));
        field.value = now ?? "";
      }
      saved = present();
      if (new URLSearchParams(sent).toString() !== saved) sent = saved;
    };
    const work = saver({
      say,
      isSaved: () => present() === saved,
      request: () => { sent = present(); return send(form.action, new URLSearchParams(sent)); },
      done: () => {
        const unchanged = present() === sent;
        catchUp();
        if (unchanged) store.drop(name);
        else saved = "";
      },
    });
    form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.name) return;
      event.preventDefault();
      if (present() === saved) say(fill(words.saySaved, { at: clock(Date.now()) }));
      else work.now();
    });
    document.addEventListener("change", (event) => {
      if (event.target.form !== form || event.target.type === "textarea") return;
      const open = event.target.closest(".ws-option")?.querySelector("option[value=not_shown]:checked");
      const why = event.target.closest(".ws-option")?.querySelector(".ws-why input");
      if (open && why && !why.value.trim()) { why.focus(); return; }
      store.keep(name, present());
      say(words.saySaving);
      work.later(100);
    });
    const kept = store.read(name);
    if (typeof kept === "string" && kept !== saved) {
      const values = new URLSearchParams(kept);
      for (const field of form.elements) {
        if (!field.name || field.type === "hidden" || !field.name.match(/./)) continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = values.getAll(field.name).includes(field.value);
        else if (values.has(field.name)) field.value = values.get(field.name);
      }
      work.later(QUICKLY);
    }
  }

  document.querySelectorAll("form[data-text]").forEach(keepText);
  document.querySelectorAll("form[data-ticks]").forEach(keepTicks);
  // A button without its own script takes the reader to another page: say what is not saved yet.
  addEventListener("beforeunload", (event) => {
    if (document.querySelector(".ws-saved--waiting")) event.preventDefault();
  });
})();
