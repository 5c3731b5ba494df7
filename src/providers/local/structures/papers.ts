import type { Structure } from './structure.js';

/** Short papers with a fixed form, and the form for everything else. */
export const paperStructures: Structure[] = [
  {
    id: 'minutes',
    about: 'Minutes of a meeting: participants, topics, decisions, tasks',
    words: /\b(?:minutes|meeting notes|protokoll|compte rendu|acta)\b/i,
    sections: [
      { title: 'Meeting', bullets: ['Date, time, place: [date, from, to, place]', 'Present: [names]', 'Excused: [names]', 'Chair and minutes: [names]'] },
      { title: 'Topics', bullets: ['Topic 1: [topic] – [what was said, in two sentences]', 'Topic 2: [topic] – [what was said, in two sentences]'] },
      { title: 'Decisions', bullets: ['[Decision, with the votes if any]', '[Decision]'] },
      { title: 'Tasks', bullets: ['[Task, owner, date]', '[Task, owner, date]'] },
      { title: 'Next Meeting', bullets: ['Date and place: [date, place]', 'Topics carried over: [topic]'] },
    ],
  },
  {
    id: 'letter',
    about: 'Letter, cover letter or application',
    words: /\b(?:letter|cover letter|application|resignation|reference|brief an|lettre|carta)\b/i,
    sections: [
      { title: 'Sender and Recipient', bullets: ['From: [your name, address, e-mail]', 'To: [name, company, address]', 'Date: [place, date]'] },
      { title: 'Opening', bullets: ['Dear [name],', '[Why you write, in one or two sentences: {subject}]'] },
      { title: 'Body', bullets: ['[The main point, with the fact or example that supports it]', '[The second point, with the fact or example that supports it]'] },
      { title: 'Closing', bullets: ['[What you ask for or offer, and by when]', 'Kind regards, [your name]', 'Enclosed: [list, or leave out]'] },
    ],
  },
  {
    id: 'invoice',
    about: 'Invoice or bill with items, amounts and payment details',
    words: /\b(?:invoice|bill for|receipt|rechnung|facture|factura)\b/i,
    sections: [
      { title: 'Invoice', bullets: ['Invoice number: [number]', 'Invoice date: [date]; delivery date: [date]', 'From: [company, address, tax number]', 'To: [customer, address] ({title})'] },
      { title: 'Items', bullets: ['[Item, quantity, unit price, amount]', 'Net amount: [amount]', 'VAT [rate]: [amount]', 'Total due: [amount]'] },
      { title: 'Payment', bullets: ['Payable by: [date]', 'Bank account: [IBAN, BIC, holder]', 'Reference: [invoice number]'] },
    ],
  },
  {
    id: 'job',
    about: 'Job description or job advertisement for a role',
    words: /\b(?:job (?:description|advert\w*|posting|ad)|vacancy|stellenanzeige|stellenbeschreibung)\b/i,
    sections: [
      { title: 'The Role', bullets: ['Title: {title}', 'Purpose: [why the role exists, in one sentence]', 'Reports to: [role]; place: [place]; hours: [hours]'] },
      { title: 'Tasks', bullets: ['[Task 1 and its share of the time]', '[Task 2 and its share of the time]', '[Task 3 and its share of the time]'] },
      { title: 'What You Bring', bullets: ['Required: [education, experience, skill]', 'Welcome: [skill]', 'Languages: [language, level]'] },
      { title: 'What We Offer', bullets: ['Pay: [range]', 'Benefits: [benefit 1], [benefit 2]', 'Development: [training, prospects]'] },
      { title: 'How to Apply', bullets: ['Send: [documents] to [contact]', 'Until: [date]', 'Questions to: [name, phone]'] },
    ],
  },
  {
    id: 'generic',
    about: 'A clear paper on any subject',
    words: /$^/,
    sections: [
      { title: 'Summary', bullets: ['Main message about {subject}: [one sentence to remember]', 'Why now: [occasion or reason]', 'What is asked of {audience}: [decision, action or "for information"]'] },
      { title: 'Background', bullets: ['Situation today: [facts with their source]', 'How we got here: [main events, dates]', 'Who is affected: [people or teams]'] },
      { title: 'Key Points', bullets: ['Point 1: [statement and the fact that supports it]', 'Point 2: [statement and the fact that supports it]', 'Point 3: [statement and the fact that supports it]'] },
      { title: 'What It Means', bullets: ['Effect on [people, cost, schedule]: [effect with its figure]', 'Risk: [risk and what limits it]', 'Open question: [question and who answers it]'] },
      { title: 'Next Steps', bullets: ['[Action, owner, date]', '[Action, owner, date]', 'Contact: [name]'] },
    ],
  },
];
