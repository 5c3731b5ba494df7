export const commands = {
  palette: 'Commands',
  open: 'Search…',
  hint: 'Search pages, agents, personas, runs and commands',
  none: 'Nothing fits. Try another word.',
  goTo: 'Go to',
  agents: 'Start a run with',
  actions: 'Actions',
  newRun: 'New run',
  search: 'Search on this page',
  shortcuts: 'Keyboard shortcuts',
  shortcutsHint: 'Keys are pressed one after the other, and not while typing in a field.',
};
