import type { Structure } from './structure.js';

/** People are to learn something or to keep to something. */
export const teachingStructures: Structure[] = [
  {
    id: 'onboarding',
    about: 'Onboarding of new employees: welcome, first day, contacts, tools, rules',
    words: /\b(?:onboarding|new hires?|new employees?|new joiners?|newcomers|first day|welcome pack|einarbeitung)\b/i,
    sections: [
      { title: 'Welcome', bullets: ['Who we are: [what the company does, in one sentence]', 'What matters to us: [value 1], [value 2]', 'What you can expect today: [agenda with times]'] },
      { title: 'Your First Week', bullets: ['Day 1: workplace, accounts, tour with [name]', 'Days 2 and 3: [introduction to the team and its work]', 'Days 4 and 5: [first own task]', 'End of the week: talk with [manager]'] },
      { title: 'People to Know', bullets: ['Your manager: [name, phone]', 'Your buddy: [name, phone]', 'HR questions: [name]; IT questions: [name or address]'] },
      { title: 'Tools and Access', bullets: ['Accounts you receive: [e-mail, calendar, system]', 'Where documents are: [place or link]', 'When something does not work: [helpdesk]'] },
      { title: 'Rules and Safety', bullets: ['Working hours and breaks: [rule]', 'Holiday and sick leave: [how and whom to tell]', 'Data protection and passwords: [main rules]', 'Emergency exits and first aid: [place]'] },
      { title: 'Your First 90 Days', bullets: ['After 30 days: [what you know and can do]', 'After 60 days: [what you do on your own]', 'After 90 days: [goal agreed with your manager]'] },
      { title: 'Questions and Next Steps', minor: true, bullets: ['Where to ask: [person or channel]', 'To complete this week: [form, training]'] },
    ],
  },
  {
    id: 'training',
    about: 'Training, course or lesson: learning goals, content, exercise, check',
    words: /\b(?:training|course|lesson|tutorial|workshop on|learn|teach\w*|introduction to|basics of|how to|explain\w*|safety|schulung|formation|formación|curso)\b/i,
    sections: [
      { title: 'What You Will Learn', bullets: ['After this training on {subject} you can: [skill 1]', 'You know: [fact or rule 1], [fact or rule 2]', 'Duration: [minutes]; needed: [prior knowledge, material]'] },
      { title: 'Why It Matters', bullets: ['What happens without it: [typical mistake or incident and its effect]', 'Who is responsible: [role]', 'Rule or law behind it: [name, where to read it]'] },
      { title: 'The Basics', bullets: ['[Term 1]: [meaning in one sentence]', '[Term 2]: [meaning in one sentence]', 'Rule to remember: [rule]'] },
      { title: 'Step by Step', bullets: ['Step 1: [action and how to see that it worked]', 'Step 2: [action and how to see that it worked]', 'Step 3: [action and how to see that it worked]', 'If something goes wrong: [what to do, whom to call]'] },
      { title: 'Example', minor: true, bullets: ['Situation: [realistic case from daily work]', 'Right: [what to do]', 'Wrong: [what to avoid, and why]'] },
      { title: 'Exercise', bullets: ['Task: [what participants do, alone or in pairs]', 'Time: [minutes]', 'Solution: [expected result]'] },
      { title: 'Check and Next Steps', bullets: ['Question 1: [question] – [answer]', 'Question 2: [question] – [answer]', 'Where to read on: [document, link]', 'Contact: [name]'] },
    ],
  },
  {
    id: 'policy',
    about: 'Policy, rule or guideline for employees: purpose, who it applies to, rules, responsibilities',
    words: /\b(?:polic(?:y|ies)|guidelines?|code of conduct|rules|regulations?|compliance|gdpr|richtlinie|politique|política)\b/i,
    sections: [
      { title: 'Purpose', bullets: ['Why this policy exists: [reason or legal basis of {subject}]', 'What it achieves: [goal]'] },
      { title: 'Scope', bullets: ['Applies to: [people, places, situations]', 'Does not apply to: [exceptions]', 'Effective from: [date]'] },
      { title: 'Rules', bullets: ['[Rule 1, in one sentence that says who does what]', '[Rule 2]', '[Rule 3]', 'Not allowed: [what is forbidden]'] },
      { title: 'Procedure', bullets: ['Request: [how, where, how long before]', 'Approval: [who decides, within how many days]', 'Record: [where it is kept]'] },
      { title: 'Responsibilities', bullets: ['Employees: [duty]', 'Managers: [duty]', 'Owner of this policy: [name or department]'] },
      { title: 'Exceptions and Breaches', minor: true, bullets: ['Exceptions are granted by: [role]', 'Consequences of a breach: [measure]', 'Where to report: [contact]'] },
      { title: 'Review', bullets: ['Next review: [date]', 'Questions to: [name, e-mail]'] },
    ],
  },
  {
    id: 'explainer',
    about: 'Explain a subject to an audience: what it is, why it matters, how it works, examples',
    words: /\b(?:overview of|what is|history of|facts about|explained|school|class|talk on|lecture)\b/i,
    sections: [
      { title: 'Overview', bullets: ['{title} in one sentence: [definition]', 'Why it matters to {audience}: [reason]', 'Question this answers: [question]'] },
      { title: 'Background', bullets: ['How it came about: [origin, date]', 'Where it stands today: [present situation]', 'Who is involved: [people or organisations]'] },
      { title: 'How It Works', bullets: ['Main parts: [part 1], [part 2], [part 3]', 'What happens first, next, last: [steps]', 'What it depends on: [condition]'] },
      { title: 'Example', bullets: ['Case: [concrete example]', 'What it shows: [insight]'] },
      { title: 'Benefits and Limits', bullets: ['Benefit: [benefit and for whom]', 'Limit or risk: [limit and when it matters]', 'Open question: [question]'] },
      { title: 'Key Points', bullets: ['Remember: [point 1]', 'Remember: [point 2]', 'Read more: [source]'] },
    ],
  },
];
