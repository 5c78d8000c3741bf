// A security key that was not touched, or not known: the page says so instead of staying still.
document.addEventListener("allauth.error", (event) => {
  const said = document.getElementById("key-said");
  if (said) {
    event.preventDefault();
    said.hidden = false;
  }
});
