import { Field, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../scalars.js';

@ObjectType({ simpleResolvers: true, description: 'How a persona reads and sends mail. The passwords are never shown.' })
export class EmailConnector {
  @Field(() => Boolean, { description: 'Whether the mail tools may use it.' })
  declare enabled: boolean;

  @Field(() => String, { nullable: true, description: 'The server that mail is read from.' })
  declare imapHost: string | null;

  @Field(() => Int, { nullable: true, description: 'Its port: 993 speaks TLS from the start, others after STARTTLS.' })
  declare imapPort: number | null;

  @Field(() => String, { nullable: true, description: 'The name it is told.' })
  declare imapUsername: string | null;

  @Field(() => String, { nullable: true, description: 'The server that mail is sent through.' })
  declare smtpHost: string | null;

  @Field(() => Int, { nullable: true, description: 'Its port: 465 speaks TLS from the start, others after STARTTLS.' })
  declare smtpPort: number | null;

  @Field(() => String, { nullable: true, description: 'The name it is told, which is also the sender when it is an address.' })
  declare smtpUsername: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last configured; null when it never was.' })
  declare updatedAt: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'The browser of a persona.' })
export class BrowserConnector {
  @Field(() => Boolean, { description: 'Whether tools may use it.' })
  declare enabled: boolean;

  @Field(() => String, { nullable: true, description: 'Where its profile lies: cookies, sign-ins, settings.' })
  declare profilePath: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last configured; null when it never was.' })
  declare updatedAt: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'The desktop of a persona, reached by VNC. The password is never shown.' })
export class DesktopVmConnector {
  @Field(() => Boolean, { description: 'Whether tools may use it.' })
  declare enabled: boolean;

  @Field(() => String, { nullable: true, description: 'The machine that shows the desktop.' })
  declare vncHost: string | null;

  @Field(() => Int, { nullable: true, description: 'Its port.' })
  declare vncPort: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last configured; null when it never was.' })
  declare updatedAt: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "A persona's access to mail, a browser and a desktop." })
export class Connectors {
  @Field(() => EmailConnector, { description: 'Mail.' })
  declare email: EmailConnector;

  @Field(() => BrowserConnector, { description: 'A browser.' })
  declare browser: BrowserConnector;

  @Field(() => DesktopVmConnector, { description: 'A desktop.' })
  declare desktopVm: DesktopVmConnector;
}
