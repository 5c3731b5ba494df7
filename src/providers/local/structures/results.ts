import type { Structure } from './structure.js';

/** Reviews of a period: what was reached, for different departments. */
export const resultStructures: Structure[] = [
  {
    id: 'results-hr',
    about: 'Human resources results of a quarter: headcount, hiring, turnover, engagement, training',
    words: /^(?=.*\b(?:results?|review|report|update|figures|numbers|kpis?|summary|quarter\w*|q[1-4]|annual)\b)(?=.*\b(?:hr|human resources|people team|personnel|headcount|hiring|workforce)\b)/is,
    sections: [
      { title: 'Summary', bullets: ['Main result of {period}: [one sentence: the result HR should remember]', 'Went well: [one or two results with their figures]', 'Needs attention: [one or two results with their figures]', 'Decision needed today: [what HR should decide, or "none"]'] },
      { title: 'Headcount and Hiring', bullets: ['Headcount at the end of {period}: [figure from HR records] (previous period: [figure])', 'New hires: [number], by department: [department: number]', 'Open positions: [number]; longest open: [role, days]', 'Time to hire: [average days] against a target of [days]'] },
      { title: 'Retention and Turnover', bullets: ['Turnover in {period}: [percent], of which voluntary: [percent]', 'Teams with the most departures: [team: number]', 'Main reasons in exit interviews: [reason 1], [reason 2]', 'Step taken to keep people: [measure and its effect so far]'] },
      { title: 'Engagement and Absence', bullets: ['Engagement score: [score] of [maximum], with [percent] taking part', 'Highest and lowest rated topics: [topic], [topic]', 'Absence rate: [percent] against [percent] in the period before', 'Feedback to act on: [what employees asked for]'] },
      { title: 'Training and Development', bullets: ['Training hours per employee: [hours]', 'Programmes completed: [programme: number of participants]', 'Internal moves and promotions: [number]', 'Mandatory training still open: [course: number of people]'] },
      { title: 'Cost and Budget', minor: true, bullets: ['Personnel cost in {period}: [amount] against a budget of [amount]', 'Recruiting cost per hire: [amount]', 'Reason for the largest deviation: [explanation]'] },
      { title: 'Outlook and Next Steps', bullets: ['Hiring plan for the next period: [roles and dates]', 'Priority 1: [goal, owner, date]', 'Priority 2: [goal, owner, date]', 'Support needed from other departments: [request]'] },
    ],
  },
  {
    id: 'results-sales',
    about: 'Sales results of a period: revenue, customers, pipeline, regions',
    words: /^(?=.*\b(?:results?|review|report|update|figures|numbers|kpis?|summary|performance|quarter\w*|q[1-4])\b)(?=.*\b(?:sales|revenue|pipeline|bookings)\b)/is,
    sections: [
      { title: 'Summary', bullets: ['Main result of {period}: [revenue and target in one sentence]', 'Best development: [region, product or customer with figure]', 'Largest gap: [region, product or customer with figure]', 'Decision needed: [what has to be decided]'] },
      { title: 'Revenue against Target', bullets: ['Revenue in {period}: [amount] against a target of [amount]', 'Change from the same period last year: [percent]', 'Largest deviation: [product or region, amount, reason]'] },
      { title: 'Customers and Orders', bullets: ['New customers: [number]; lost customers: [number]', 'Largest orders: [customer: amount]', 'Average order value: [amount]', 'What customers praise or miss: [feedback]'] },
      { title: 'Regions and Products', bullets: ['Strongest region: [region: amount]', 'Strongest product: [product: amount]', 'Weakest region or product and why: [name, reason]'] },
      { title: 'Pipeline', bullets: ['Open opportunities: [number], worth [amount]', 'Expected to close next period: [amount]', 'Deals at risk: [customer, reason, next action]'] },
      { title: 'Lessons Learned', minor: true, bullets: ['What worked and will be repeated: [action]', 'What did not work and will stop: [action]'] },
      { title: 'Outlook and Next Steps', bullets: ['Target for the next period: [amount]', 'Three actions to reach it: [action, owner, date]', 'Support needed: [budget, people, material]'] },
    ],
  },
  {
    id: 'results-finance',
    about: 'Financial results: profit and loss, costs, cash, budget against actual',
    words: /^(?=.*\b(?:results?|review|report|update|figures|numbers|summary|statements?|quarter\w*|q[1-4]|annual)\b)(?=.*\b(?:financ\w*|profit|costs?|cash|expenses|accounting|earnings|balance)\b)/is,
    sections: [
      { title: 'Summary', bullets: ['Result of {period}: [profit or loss] against a plan of [amount]', 'Main driver: [what moved the result most]', 'Decision needed: [approval or "none"]'] },
      { title: 'Income', bullets: ['Income in {period}: [amount] (plan: [amount], last year: [amount])', 'Largest sources: [source: amount]', 'One-off income: [item: amount]'] },
      { title: 'Costs', bullets: ['Costs in {period}: [amount] (plan: [amount])', 'Largest items: [item: amount]', 'Items over budget and why: [item: amount, reason]'] },
      { title: 'Cash and Liabilities', bullets: ['Cash at the end of {period}: [amount]', 'Open receivables: [amount], overdue: [amount]', 'Payments due in the next period: [amount, date]'] },
      { title: 'Risks', minor: true, bullets: ['Risk: [event, possible amount, likelihood]', 'Measure in place: [action, owner]'] },
      { title: 'Forecast and Next Steps', bullets: ['Forecast for the full year: [amount] against a plan of [amount]', 'Assumptions behind it: [assumption]', 'Next step: [action, owner, date]'] },
    ],
  },
  {
    id: 'results-marketing',
    about: 'Marketing results: campaigns, reach, leads, cost per lead, channels',
    words: /^(?=.*\b(?:results?|review|report|update|figures|numbers|kpis?|summary|performance)\b)(?=.*\b(?:marketing|campaigns?|social media|website|newsletter|seo|leads)\b)/is,
    sections: [
      { title: 'Summary', bullets: ['Main result of {period}: [one sentence with its figure]', 'Best campaign: [name and result]', 'To change: [what did not work]'] },
      { title: 'Goals and Results', bullets: ['Goal: [goal and target figure]; reached: [figure]', 'Leads: [number] against [number] in the period before', 'Cost per lead: [amount]'] },
      { title: 'Campaigns', bullets: ['Campaign: [name, audience, period, budget]', 'Result: [reach, clicks, leads]', 'What we learned: [insight]'] },
      { title: 'Channels', bullets: ['Website: [visits, conversion]', 'Social media: [channel: reach, engagement]', 'E-mail: [recipients, open rate, clicks]'] },
      { title: 'Budget', minor: true, bullets: ['Spent in {period}: [amount] of [amount]', 'Shift of budget proposed: [from, to, amount]'] },
      { title: 'Outlook and Next Steps', bullets: ['Next campaigns: [name, start, goal]', 'Test planned: [hypothesis and measure]', 'Support needed: [request]'] },
    ],
  },
  {
    id: 'results-general',
    about: 'Review of a quarter or year: results, goals, achievements, problems, outlook',
    words: /\b(?:results?|quarterly|annual review|year in review|business review|qbr|kpis?|performance review|retrospective|satisfaction|surveys?|statistics|findings|analysis|evaluation|quartalszahlen|ergebnisse|résultats|resultados)\b/i,
    sections: [
      { title: 'Summary', bullets: ['Main result of {period}: [one sentence the audience should remember]', 'Went well: [result with its figure]', 'Needs attention: [result with its figure]', 'Decision needed: [what has to be decided, or "none"]'] },
      { title: 'Goals and Results', bullets: ['Goal 1: [goal and target]; reached: [figure]', 'Goal 2: [goal and target]; reached: [figure]', 'Goal 3: [goal and target]; reached: [figure]'] },
      { title: 'Key Figures', bullets: ['[Figure 1]: [value] (period before: [value])', '[Figure 2]: [value] (period before: [value])', 'Source of the figures: [system or report, date]'] },
      { title: 'Achievements', bullets: ['[Achievement and what it brought]', '[Achievement and what it brought]', 'Thanks to: [people or teams]'] },
      { title: 'Problems and Lessons', bullets: ['[Problem, its effect, its cause]', 'Lesson: [what is done differently from now on]'] },
      { title: 'Outlook and Next Steps', bullets: ['Goals for the next period: [goal and target]', 'Next step: [action, owner, date]', 'Support needed: [request]'] },
    ],
  },
];
