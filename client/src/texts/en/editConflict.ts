/** What someone is told who saves something that another one has changed meanwhile. */
export const editConflict = {
  title: (name: string | undefined) => `${name ?? 'Somebody'} has changed this while you were editing`,
  lead: 'Nothing is saved yet, and nothing you typed is lost. Look at what differs, then decide.',
  both: 'Both of you changed',
  mine: 'Yours',
  theirs: 'Theirs',
  onlyTheirs: 'Only they changed, and it stays whatever you choose:',
  same: 'You both wrote the same; save again and all is well.',
  keepMine: 'Keep mine and save',
  takeTheirs: 'Take theirs',
  taken: 'This is theirs now; your changes are gone',
  nothing: 'Empty',
};
