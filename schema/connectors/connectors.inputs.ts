import { Field, InputType, Int } from 'type-graphql';

@InputType({ description: 'How mail is read and sent. What is left out stays as it is; an enabled connector needs all of it.' })
export class ConfigureEmailInput {
  @Field(() => Boolean, { description: 'Whether the mail tools may use it.' })
  declare enabled: boolean;

  @Field(() => String, { nullable: true, description: 'The server that mail is read from; on the public internet, unless the platform allows others.' })
  declare imapHost?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its port: 993 speaks TLS from the start, others after STARTTLS.' })
  declare imapPort?: number | null;

  @Field(() => String, { nullable: true, description: 'The name it is told.' })
  declare imapUsername?: string | null;

  @Field(() => String, { nullable: true, description: 'Its password, kept encrypted and never shown; given again when the host or username changes.' })
  declare imapPassword?: string | null;

  @Field(() => String, { nullable: true, description: 'The server that mail is sent through; on the public internet, unless the platform allows others.' })
  declare smtpHost?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its port: 465 speaks TLS from the start, others after STARTTLS.' })
  declare smtpPort?: number | null;

  @Field(() => String, { nullable: true, description: 'The name it is told, which is also the sender when it is an address.' })
  declare smtpUsername?: string | null;

  @Field(() => String, { nullable: true, description: 'Its password, kept encrypted and never shown; given again when the host or username changes.' })
  declare smtpPassword?: string | null;
}

@InputType({ description: 'The browser of a persona. What is left out stays as it is; an enabled connector needs all of it.' })
export class ConfigureBrowserInput {
  @Field(() => Boolean, { description: 'Whether tools may use it.' })
  declare enabled: boolean;

  @Field(() => String, { nullable: true, description: 'Where its profile lies, as an absolute path.' })
  declare profilePath?: string | null;
}

@InputType({ description: 'The desktop of a persona. What is left out stays as it is; an enabled connector needs a host and a port.' })
export class ConfigureDesktopVmInput {
  @Field(() => Boolean, { description: 'Whether tools may use it.' })
  declare enabled: boolean;

  @Field(() => String, { nullable: true, description: 'The machine that shows the desktop; on the public internet, unless the platform allows others.' })
  declare vncHost?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its port.' })
  declare vncPort?: number | null;

  @Field(() => String, { nullable: true, description: 'Its password where it has one, kept encrypted and never shown; given again when the host changes.' })
  declare vncPassword?: string | null;
}
