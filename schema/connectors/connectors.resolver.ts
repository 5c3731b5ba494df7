import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { configureConnector, listConnectors } from '../../src/connectors/connectors.service.js';
import type { SignedInContext } from '../context.js';
import { UuidScalar } from '../scalars.js';
import { ConfigureBrowserInput, ConfigureDesktopVmInput, ConfigureEmailInput } from './connectors.inputs.js';
import { BrowserConnector, Connectors, DesktopVmConnector, EmailConnector } from './connectors.types.js';

@Resolver()
export class ConnectorsResolver {
  @Query(() => Connectors, { description: "A persona's access to mail, a browser and a desktop, configured or not." })
  connectors(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return listConnectors(viewer, personaId);
  }

  @Mutation(() => EmailConnector, { description: 'Says how a persona reads and sends mail.' })
  configureEmail(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('input', () => ConfigureEmailInput, { description: 'The servers, and who signs in there.' }) input: ConfigureEmailInput,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return configureConnector(viewer, personaId, 'email', { ...input });
  }

  @Mutation(() => BrowserConnector, { description: 'Says which browser a persona has.' })
  configureBrowser(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('input', () => ConfigureBrowserInput, { description: 'Where its profile is.' }) input: ConfigureBrowserInput,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return configureConnector(viewer, personaId, 'browser', { ...input });
  }

  @Mutation(() => DesktopVmConnector, { description: 'Says which desktop a persona has.' })
  configureDesktopVm(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('input', () => ConfigureDesktopVmInput, { description: 'Where it is.' }) input: ConfigureDesktopVmInput,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return configureConnector(viewer, personaId, 'desktopVm', { ...input });
  }
}
