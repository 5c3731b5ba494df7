import type { Structure } from './structure.js';

/** Work that lies ahead or is under way. */
export const planStructures: Structure[] = [
  {
    id: 'project-plan',
    about: 'Project plan or kick-off meeting: goals, scope, team, schedule, risks',
    words: /\b(?:project|kick-?off|roadmap|migration|rollout|roll-out|implementation|relocation|introduction of|launch plan|project plan|action plan|projekt|projet|proyecto)\b/i,
    sections: [
      { title: 'Goal', bullets: ['Why we do it: [problem or opportunity behind {subject}]', 'Goal: [what will be true when it is done]', 'How we measure success: [figure and target]', 'Deadline: [date]'] },
      { title: 'Scope', bullets: ['Part of it: [deliverable 1], [deliverable 2]', 'Not part of it: [what people might expect but is left out]', 'Depends on: [decision, system or supplier]'] },
      { title: 'Team and Roles', bullets: ['Responsible: [name]', 'Team: [name: role]', 'Decides on changes: [name or committee]', 'To be kept informed: [people or departments]'] },
      { title: 'Schedule and Milestones', bullets: ['Start: [date]', 'Milestone 1: [result, date]', 'Milestone 2: [result, date]', 'Completion and handover: [date]'] },
      { title: 'Budget', minor: true, bullets: ['Approved budget: [amount]', 'Largest items: [item: amount]', 'Reserve: [amount]'] },
      { title: 'Risks', bullets: ['Risk 1: [event, likelihood, effect]; measure: [action, owner]', 'Risk 2: [event, likelihood, effect]; measure: [action, owner]'] },
      { title: 'Next Steps', bullets: ['[Action, owner, date]', '[Action, owner, date]', 'Next meeting: [date and place]', 'Open question to settle first: [question]'] },
    ],
  },
  {
    id: 'status',
    about: 'Status update of a project: progress, what is done, what blocks, next steps',
    words: /\b(?:status(?: update| report)?|progress|weekly update|monthly update|sprint|where we stand|stand der|état d'avancement)\b/i,
    sections: [
      { title: 'Status at a Glance', bullets: ['Overall: [green, yellow or red] because [reason]', 'Schedule: [on time, or days late]', 'Budget: [spent] of [approved]'] },
      { title: 'Done since the Last Update', bullets: ['[Result and its effect]', '[Result and its effect]'] },
      { title: 'In Progress', bullets: ['[Work, owner, expected date]', '[Work, owner, expected date]'] },
      { title: 'Problems and Risks', bullets: ['[Problem, effect, what is being done, owner]', 'Help needed: [from whom, by when]'] },
      { title: 'Next Steps', bullets: ['[Action, owner, date]', '[Action, owner, date]', 'Next update: [date]'] },
    ],
  },
  {
    id: 'strategy',
    about: 'Strategy or annual plan: where we stand, goals, priorities, measures, budget',
    words: /\b(?:strategy|strategic|annual plan|business plan|vision|objectives|okrs?|goals for|priorities|strategie|stratégie|estrategia)\b/i,
    sections: [
      { title: 'Where We Stand', bullets: ['Strengths to build on: [strength and its evidence]', 'Weaknesses to work on: [weakness and its evidence]', 'What changes around us: [market, law, technology]'] },
      { title: 'Where We Want to Be', bullets: ['Goal for {period}: [goal and target figure]', 'What customers or employees will notice: [change]'] },
      { title: 'Priorities', bullets: ['Priority 1: [topic] because [reason]', 'Priority 2: [topic] because [reason]', 'Deliberately not done: [topic]'] },
      { title: 'Measures', bullets: ['[Measure, owner, start, expected effect]', '[Measure, owner, start, expected effect]'] },
      { title: 'Resources', minor: true, bullets: ['Budget: [amount]', 'People: [roles and number]', 'Decisions required: [decision, by whom, by when]'] },
      { title: 'How We Follow Up', bullets: ['Figures we watch: [figure, target, source]', 'Review: [how often, with whom]', 'Next step: [action, owner, date]'] },
    ],
  },
  {
    id: 'event',
    about: 'Plan of an event, workshop, conference, party or trip: programme, place, guests, tasks',
    words: /\b(?:event|workshop|conference|party|wedding|trip|offsite|off-site|retreat|open day|trade fair|celebration|all-hands)\b/i,
    sections: [
      { title: 'At a Glance', bullets: ['Occasion: {title}', 'Date and time: [date, from, to]', 'Place: [address, room]', 'Guests: [number and who]'] },
      { title: 'Programme', bullets: ['[Time]: arrival and welcome by [name]', '[Time]: [main part, speaker or host]', '[Time]: [break, food, drinks]', '[Time]: closing'] },
      { title: 'Tasks', bullets: ['[Task, owner, date]', '[Task, owner, date]', 'Contact on the day: [name, phone]'] },
      { title: 'Budget', bullets: ['Total: [amount]', 'Room and technology: [amount]', 'Food and drinks: [amount]'] },
      { title: 'What Guests Need to Know', bullets: ['Registration: [how, until when]', 'Getting there: [train, parking]', 'To bring along: [items]'] },
    ],
  },
  {
    id: 'move',
    about: 'A new office, a move, a change of place or system that employees are told about',
    words: /\b(?:new office|new building|office move|moving|relocation|reorganisation|reorganization|restructuring|change management|new (?:system|tool|software))\b/i,
    sections: [
      { title: 'What Changes', bullets: ['In one sentence: [what is new about {subject}]', 'Effective from: [date]', 'Who is affected: [teams]'] },
      { title: 'Why We Do It', bullets: ['Reason: [problem or opportunity]', 'What gets better: [benefit for employees or customers]', 'Alternatives considered: [option and why not]'] },
      { title: 'Timeline', bullets: ['Preparation: [dates]', 'Switch or move: [date]', 'Everything settled by: [date]'] },
      { title: 'What It Means for You', bullets: ['Before: [what to prepare, until when]', 'On the day: [what to do]', 'Afterwards: [what works differently]'] },
      { title: 'Cost and Responsibility', minor: true, bullets: ['Budget: [amount]', 'Responsible: [name]'] },
      { title: 'Questions and Contact', bullets: ['Contact: [name, phone, e-mail]', 'Frequent question: [question] – [answer]', 'Next information: [date, channel]'] },
    ],
  },
];
