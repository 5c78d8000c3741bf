// The notes save themselves, and what the server has not confirmed is kept in the browser. The page works without.
(() => {
  const box = document.querySelector("textarea[data-notes]");
  const timer = document.querySelector("[data-started]");

  if (timer) {
    const began = Date.parse(timer.dataset.started);
    const show = () => {
      const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
      const hours = Math.floor(seconds / 3600);
      const two = (number) => String(number).padStart(2, "0");
      if (hours >= 24) return;
      timer.textContent = `${hours ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    };
    if (Date.now() - began < 12 * 3600 * 1000) {
      timer.setAttribute("role", "timer");
      timer.setAttribute("aria-label", "Time since the call began");
      show();
      setInterval(show, 1000);
    }
  }

  // A button of the side column may open a page again: keep what stands in the question to a colleague.
  if (!box) return;
  const key = `waymark.notes.${box.dataset.notes}`;
  const state = document.querySelector("[data-notes-state]");
  const token = document.querySelector("#talk-form input[name=csrfmiddlewaretoken]");
  let saved = box.defaultValue;
  let waiting = null;
  let sending = false;

  const say = (words) => { if (state) state.textContent = words; };
  const remember = () => {
    try {
      if (box.value === saved) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ text: box.value, base: saved, at: Date.now() }));
    } catch { /* a browser that keeps nothing: the button still saves */ }
  };
  const clock = (moment) => new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

  const save = async (last) => {
    clearTimeout(waiting);
    if (sending || box.value === saved) return;
    sending = true;
    const text = box.value;
    try {
      const body = new URLSearchParams({ notes: text, csrfmiddlewaretoken: token.value });
      const response = await fetch(box.dataset.url, {
        method: "POST", body, headers: { "X-Quiet": "yes" }, keepalive: Boolean(last), redirect: "error",
      });
      const answer = await response.json();
      if (!response.ok || !answer.saved) throw new Error(answer.why || "");
      saved = text;
      say(`Saved ${answer.at}.`);
    } catch (problem) {
      say(`Not saved yet: ${problem.message && problem.message.includes(" ") && !problem.message.includes("fetch") ? problem.message : "the server cannot be reached"}. Kept in this browser; trying again.`);
      waiting = setTimeout(save, 5000);
    } finally {
      sending = false;
      remember();
      if (box.value !== saved && !waiting) later();
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { waiting = null; save(); }, 700);
  };

  box.addEventListener("input", () => { remember(); say("…"); later(); });
  addEventListener("pagehide", () => { remember(); save(true); });

  try {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && kept.text !== box.value) {
      const changedElsewhere = kept.base !== box.value && box.value && !kept.text.includes(box.value);
      box.value = changedElsewhere ? `${box.value}\n${kept.text}` : kept.text;
      say(`What you typed at ${clock(kept.at)} had not been saved; it is back.`);
      later();
    } else if (kept) {
      localStorage.removeItem(key);
    }
  } catch { /* nothing kept */ }
})();
