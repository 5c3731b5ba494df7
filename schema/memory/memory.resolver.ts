import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { deleteDocument, listDocuments, readDocument, readUploadRules, uploadDocument } from '../../src/memory/memory.service.js';
import { searchMemory } from '../../src/memory/memorySearch.js';
import { listPassages } from '../../src/memory/passages.read.js';
import type { SignedInContext } from '../context.js';
import { selectionOf } from '../lookAhead.js';
import { PageArgs } from '../pagination.js';
import { UuidScalar } from '../scalars.js';
import { Document, DocumentPage, MemoryMatch, PassagePage, UploadRules } from './document.type.js';
import { type Upload, UploadScalar } from './upload.scalar.js';

@Resolver(() => Document)
export class MemoryResolver {
  @Query(() => DocumentPage, { description: "The documents in a persona's memory, newest first." })
  documents(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listDocuments(viewer, personaId, page, selectionOf(info));
  }

  @Query(() => Document, { description: "One document in a persona's memory." })
  document(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('documentId', () => UuidScalar, { description: 'The id of the document.' }) documentId: string,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readDocument(viewer, personaId, documentId, selectionOf(info));
  }

  @Query(() => PassagePage, { description: 'What can be found of a document, in its order; nothing until it has been read.' })
  passages(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('documentId', () => UuidScalar, { description: 'The id of the document.' }) documentId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return listPassages(viewer, personaId, documentId, page);
  }

  @Query(() => UploadRules, { description: 'What memory takes, for those who want to know before they send a file.' })
  uploadRules() {
    return readUploadRules();
  }

  @Query(() => [MemoryMatch], { description: "Passages of a persona's documents that fit a query, by meaning and by words, best first." })
  searchMemory(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('query', () => String, { description: 'What to look for, in plain words.' }) query: string,
    @Arg('limit', () => Int, { defaultValue: 5, description: 'How many at most, 1 to 100.' }) limit: number,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return searchMemory(viewer, personaId, query, limit);
  }

  @Mutation(() => Document, { description: "Takes a file into a persona's memory. It is found once it has been read." })
  uploadDocument(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('file', () => UploadScalar, { description: 'The file, and beside it in the form its `name`.' }) file: Upload,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return uploadDocument(viewer, personaId, file, selectionOf(info));
  }

  @Mutation(() => UuidScalar, { description: 'Deletes a document with its passages and its file; gives back its id.' })
  deleteDocument(
    @Arg('personaId', () => UuidScalar, { description: 'The id of the persona.' }) personaId: string,
    @Arg('documentId', () => UuidScalar, { description: 'The id of the document.' }) documentId: string,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return deleteDocument(viewer, personaId, documentId);
  }
}
