export const tools = {
  search: 'Find by what it does, such as “make slides”',
  none: 'No tool comes near to that',
  noneHint: 'Describe the work in other words.',
  enabledCount: (enabled: number, all: number) => `${enabled} of ${all} on`,
  toggle: (name: string) => `Allow ${name}`,
  needsApproval: 'Asks first',
  needsApprovalHint: 'A person has to say yes before each call.',
  category: {
    office: 'Office', files: 'Files', data: 'Data', web: 'Web', email: 'Mail', memory: 'Memory', system: 'System',
  } as Record<string, string>,
  enableAll: 'Allow all',
  setsHint: 'Agents use only what is allowed here. You can change this tool by tool later.',
  setsFailed: 'The persona was created, but not all tools could be allowed. Allow them here.',
  best: 'Best matches first',
};
