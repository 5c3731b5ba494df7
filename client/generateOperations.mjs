// Makes typed documents of the client's operations: `node client/generateOperations.mjs [schema file]`.
// From src/features/<noun>/<noun>.graphql comes <noun>.operations.ts beside it, and from the schema src/graphql/schema.ts
// with the enums and inputs. The results are committed, so a build needs neither this nor a parser.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema, GraphQLEnumType, GraphQLError, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, isLeafType, Kind, parse, print,
  specifiedRules, stripIgnoredCharacters, typeFromAST, validate, visit,
} from 'graphql';

const client = import.meta.dirname;
const schemaFile = process.argv[2] ?? join(client, '../schema/schema.graphql');
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
const notice = '// Made by client/generateOperations.mjs; change the .graphql file and run that instead.\n';
const scalars = { ID: 'string', String: 'string', UUID: 'string', DateTime: 'string', EndDate: 'string', Boolean: 'boolean', Int: 'number', Float: 'number', JSONObject: 'Record<string, unknown>' };

/** The TypeScript of a type that has no fields below it. */
const named = (type) => scalars[type.name] ?? type.name;

/** The TypeScript of a type, where `inner` makes that of its innermost. */
function typeText(type, inner) {
  if (type instanceof GraphQLNonNull) return bare(type.ofType, inner);
  return `${bare(type, inner)} | null`;
}

function bare(type, inner) {
  if (!(type instanceof GraphQLList)) return inner(type);
  const item = typeText(type.ofType, inner);
  return item.includes('|') || item.includes('&') ? `(${item})[]` : `${item}[]`;
}

function selectionText({ selections }, parent) {
  const spreads = selections.filter(({ kind }) => kind === Kind.FRAGMENT_SPREAD).map(({ name }) => name.value);
  const fields = selections.filter(({ kind }) => kind === Kind.FIELD).map(({ name, alias, selectionSet }) => {
    const { type } = parent.getFields()[name.value];
    const text = typeText(type, (inner) => (isLeafType(inner) ? named(inner) : selectionText(selectionSet, inner)));
    return `${(alias ?? name).value}: ${text}`;
  });
  const own = fields.length > 0 ? [`{ ${fields.join('; ')} }`] : [];
  return [...spreads, ...own].join(' & ');
}

function variablesText({ variableDefinitions = [] }) {
  const fields = variableDefinitions.map(({ variable, type, defaultValue }) => {
    const resolved = typeFromAST(schema, type);
    const isOptional = defaultValue !== undefined || !(resolved instanceof GraphQLNonNull);
    return `${variable.name.value}${isOptional ? '?' : ''}: ${typeText(resolved, named)}`;
  });
  return fields.length > 0 ? `{ ${fields.join('; ')} }` : 'Record<string, never>';
}

/** All fragments that a definition needs, each once. */
function fragmentsOf(definition, all, found = new Set()) {
  visit(definition, {
    FragmentSpread({ name }) {
      if (found.has(name.value)) return;
      found.add(name.value);
      fragmentsOf(all.get(name.value), all, found);
    },
  });
  return found;
}

/** The syntax tree as Apollo Client takes it, without places in the text. */
const treeText = (definition) =>
  JSON.stringify(parse(stripIgnoredCharacters(print(definition)), { noLocation: true }).definitions[0]);

function operationsText(document) {
  const fragments = new Map(document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]));
  const lines = [];
  for (const [name, node] of fragments) {
    lines.push(`export type ${name} = ${selectionText(node.selectionSet, typeFromAST(schema, node.typeCondition))};`);
    lines.push(`const ${name}Tree = ${treeText(node)};`, '');
  }
  for (const node of document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)) {
    const name = node.name.value;
    const trees = [treeText(node), ...[...fragmentsOf(node, fragments)].map((fragment) => `${fragment}Tree`)];
    lines.push(`export type ${name}Data = ${selectionText(node.selectionSet, schema.getRootType(node.operation))};`);
    lines.push(`export type ${name}Variables = ${variablesText(node)};`);
    lines.push(`export const ${name}Document = { kind: 'Document', definitions: [${trees.join(', ')}] } as unknown as Document<${name}Data, ${name}Variables>;`, '');
  }
  return lines.join('\n');
}

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const enums = types.filter((type) => type instanceof GraphQLEnumType);
const inputs = types.filter((type) => type instanceof GraphQLInputObjectType);

function writeSchemaTypes() {
  const enumTexts = enums.map((type) => `export type ${type.name} = ${type.getValues().map(({ name }) => `'${name}'`).join(' | ')};`);
  const inputTexts = inputs.map((type) => {
    const fields = Object.values(type.getFields()).map((field) =>
      `${field.name}${field.type instanceof GraphQLNonNull ? '' : '?'}: ${typeText(field.type, named)}`);
    return `export type ${type.name} = { ${fields.join('; ')} };`;
  });
  writeFileSync(join(client, 'src/graphql/schema.ts'), `${notice}${[...enumTexts, ...inputTexts].join('\n')}\n`);
}

function writeOperations(noun) {
  const folder = join(client, 'src/features', noun);
  const document = parse(readFileSync(join(folder, `${noun}.graphql`), 'utf8'));
  const faults = validate(schema, document, specifiedRules);
  if (faults.length > 0) throw new GraphQLError(`${noun}.graphql: ${faults.map(({ message }) => message).join('\n')}`);
  const text = operationsText(document);
  const used = [...enums, ...inputs].map(({ name }) => name).filter((name) => new RegExp(`[^"]\\b${name}\\b[^"]`).test(text.replace(/^const .*$/gm, '').replace(/definitions: .*$/gm, '')));
  const imports = [
    "import type { TypedDocumentNode as Document } from '@apollo/client/core';",
    ...(used.length > 0 ? [`import type { ${used.join(', ')} } from '../../graphql/schema';`] : []),
  ];
  writeFileSync(join(folder, `${noun}.operations.ts`), `${notice}${imports.join('\n')}\n\n${text}`);
}

writeSchemaTypes();
for (const noun of readdirSync(join(client, 'src/features'))) {
  if (readdirSync(join(client, 'src/features', noun)).includes(`${noun}.graphql`)) writeOperations(noun);
}
