// Sets the theme before the first paint. It is a file of its own because the page's policy lets no inline script run.
try {
  var theme = localStorage.getItem('rung.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be forbidden; the system's theme holds.
}
