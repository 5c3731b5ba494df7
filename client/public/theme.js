// Run before the first paint. The same key is written by src/theme.ts.
const theme = localStorage.getItem('persona-platform.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
