import { ArgsType, Field, registerEnumType } from 'type-graphql';

export enum Interval {
  day = 'day',
  week = 'week',
  month = 'month',
}

registerEnumType(Interval, {
  name: 'Interval',
  description: 'Into what a window of time is cut.',
  valuesConfig: {
    day: { description: 'Days.' },
    week: { description: 'Weeks, which begin on Monday.' },
    month: { description: 'Months.' },
  },
});

/** How figures over time are cut. */
@ArgsType()
export class CutArgs {
  @Field(() => Interval, { defaultValue: Interval.day, description: 'Into what the window is cut.' })
  declare interval: Interval;

  @Field(() => String, { defaultValue: 'UTC', description: 'Whose days they are: a time zone such as `Europe/Berlin`.' })
  declare timeZone: string;
}
