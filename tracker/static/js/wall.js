// The wall calls itself anew; when the network is away the last figures stay, with the time they carry.
(() => {
  const wall = document.querySelector("[data-again]");
  if (!wall) return;
  setInterval(() => { if (navigator.onLine) location.reload(); }, Number(wall.dataset.again) * 1000);
})();
