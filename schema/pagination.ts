import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'Where a page lies among all that there is.' })
export class Pagination {
  @Field(() => Int, { description: 'The page, from 1.' })
  declare page: number;

  @Field(() => Int, { description: 'How many entries a page has at most.' })
  declare limit: number;

  @Field(() => Int, { description: 'How many entries there are on all pages.' })
  declare total: number;

  @Field(() => Int, { description: 'How many pages there are.' })
  declare totalPages: number;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 1, description: 'The page, from 1.' })
  declare page: number;

  @Field(() => Int, { defaultValue: 20, description: 'Entries per page, 1 to 100.' })
  declare limit: number;
}

/** A page type: `export const PersonaPage = PageOf('PersonaPage', Persona, 'personas')`. */
export function PageOf<Entry extends object>(name: string, entry: ClassType<Entry>, nouns: string) {
  @ObjectType(name, { simpleResolvers: true, description: `One page of ${nouns}.` })
  class Page {
    @Field(() => [entry], { description: 'The entries of this page.' })
    declare data: Entry[];

    @Field(() => Pagination, { description: 'Where this page lies.' })
    declare pagination: Pagination;
  }
  return Page;
}
