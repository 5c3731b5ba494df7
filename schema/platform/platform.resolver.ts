import { Query, Resolver } from 'type-graphql';
import { readPlatform } from '../../src/platform/platform.service.js';
import { Platform } from './platform.type.js';

@Resolver()
export class PlatformResolver {
  @Query(() => Platform, { description: 'What everyone may know before they sign in.' })
  platform() {
    return readPlatform();
  }
}
