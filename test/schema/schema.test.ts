import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isEnumType, isInputObjectType, isIntrospectionType, isObjectType, isSpecifiedScalarType } from 'graphql';
import { schemaFile, schemaText } from '../../schema/emitSchema.js';
import { createSchema } from '../../schema/index.js';

describe('schema', () => {
  it('is what schema.graphql says: run `npm run schema` after a change', () => {
    assert.equal(readFileSync(schemaFile, 'utf8'), schemaText());
  });

  it('describes every type, field, argument and value', () => {
    const without: string[] = [];
    const note = (name: string, thing: { description?: string | null }) => thing.description || without.push(name);
    for (const type of Object.values(createSchema().getTypeMap())) {
      if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
      if (!['Query', 'Mutation', 'Subscription'].includes(type.name)) note(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) note(`${type.name}.${value.name}`, value);
      if (!isObjectType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        note(`${type.name}.${field.name}`, field);
        if ('args' in field) for (const arg of field.args) note(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
    assert.deepEqual(without, []);
  });
});
