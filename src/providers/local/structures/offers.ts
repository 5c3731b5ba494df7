import type { Structure } from './structure.js';

/** Someone is to be convinced. */
export const offerStructures: Structure[] = [
  {
    id: 'investor-pitch',
    about: 'Pitch deck for investors: problem, solution, market, business model, team, ask',
    words: /\b(?:pitch deck|investors?|start-?up|funding|fundraising|venture|seed round|series [a-c])\b/i,
    sections: [
      { title: 'The Problem', bullets: ['Who has it: [customer]', 'What it costs them today: [time, money, risk]', 'How they solve it now: [alternative and its weakness]'] },
      { title: 'Our Solution', bullets: ['In one sentence: [what it does and for whom]', 'What is new about it: [difference]', 'Proof that it works: [test, customer, figure]'] },
      { title: 'Market', bullets: ['Market size: [amount, source]', 'First customers we go for: [segment and why]', 'Competitors: [name: what we do better]'] },
      { title: 'Business Model', bullets: ['Customers pay: [price and for what]', 'Cost of winning a customer: [amount]', 'Margin: [percent]'] },
      { title: 'Traction', bullets: ['Customers today: [number]', 'Revenue: [amount, period]', 'Growth: [percent per month or year]'] },
      { title: 'Team', bullets: ['[Name: role and the experience that counts]', '[Name: role and the experience that counts]', 'Next hires: [role]'] },
      { title: 'The Ask', bullets: ['We raise: [amount] for [share or terms]', 'It pays for: [item: amount]', 'Milestone it takes us to: [milestone, date]'] },
    ],
  },
  {
    id: 'sales-pitch',
    about: 'Present a product or service to customers: need, product, benefits, price, next step',
    words: /\b(?:product|service offer|offer|sales pitch|pitch|customer presentation|launch|brochure|features|demo|produkt|produit|producto)\b/i,
    sections: [
      { title: 'What You Need', bullets: ['Your situation: [what the customer told us]', 'What it costs you today: [time, money, risk]', 'What you want instead: [goal]'] },
      { title: 'What We Offer', bullets: ['{title} in one sentence: [what it does and for whom]', 'Main features: [feature 1], [feature 2], [feature 3]', 'How it fits in: [existing system or process]'] },
      { title: 'Benefits', bullets: ['Benefit 1: [benefit and its figure]', 'Benefit 2: [benefit and its figure]', 'Compared with [alternative]: [difference]'] },
      { title: 'Proof', bullets: ['Customer: [name, what they reached]', 'Test or certificate: [name, result]', 'Guarantee: [what we promise]'] },
      { title: 'Price and Terms', bullets: ['Price: [amount, per what]', 'Included: [services]', 'Delivery and start: [date]'] },
      { title: 'Next Steps', bullets: ['Trial or demo: [date]', 'Decision needed: [by whom, by when]', 'Contact: [name, phone, e-mail]'] },
    ],
  },
  {
    id: 'proposal',
    about: 'Proposal or business case asking for a decision: situation, options, recommendation, cost',
    words: /\b(?:proposal|business case|recommendation|decision|request for (?:approval|budget)|angebot|proposition|propuesta|case for)\b/i,
    sections: [
      { title: 'Decision Requested', bullets: ['We ask {audience} to approve: [what, in one sentence]', 'By: [date], because [reason]'] },
      { title: 'Situation', bullets: ['Today: [how it is now, with a figure]', 'Problem: [what it costs or prevents]', 'If nothing is done: [consequence]'] },
      { title: 'Options', bullets: ['Option A: [option] – for: [reason]; against: [reason]', 'Option B: [option] – for: [reason]; against: [reason]', 'Do nothing: [effect]'] },
      { title: 'Recommendation', bullets: ['Recommended: [option] because [main reason]', 'Expected effect: [figure and date]'] },
      { title: 'Cost and Benefit', bullets: ['One-off cost: [amount]; yearly cost: [amount]', 'Yearly benefit: [amount or effect]', 'Pays back after: [months]'] },
      { title: 'Plan and Risks', bullets: ['Steps: [step, date]', 'Main risk: [risk]; measure: [action]', 'Responsible: [name]'] },
    ],
  },
];
