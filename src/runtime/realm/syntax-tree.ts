import type { AnyNode, ImportExpression, MetaProperty, Node, Pattern, Program } from 'acorn';

/** Visits every node, parents first. The walk keeps its own stack: deep code cannot overflow the real one. */
function walk(
  root: Node,
  visit: (node: AnyNode, parent: AnyNode | undefined, key: string) => void,
): void {
  const nodes: AnyNode[] = [root as AnyNode];
  const parents: (AnyNode | undefined)[] = [undefined];
  const keys: string[] = [''];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    visit(node, parents.pop(), keys.pop()!);
    const push = (child: unknown, key: string): void => {
      if (!isNode(child)) return;
      nodes.push(child);
      parents.push(node);
      keys.push(key);
    };
    for (const [key, value] of Object.entries(node)) {
      if (Array.isArray(value)) for (const child of value) push(child, key);
      else push(value, key);
    }
  }
}

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { type?: unknown }).type === 'string'
  );
}

/** What one walk over a module finds. */
export interface Survey {
  /** All identifiers, whatever they stand for: more than the variables, never fewer. */
  names: Set<string>;
  /** Names used as values: not property names, not keys, not the names in import and export lists. */
  references: Set<string>;
  /** Calls of `import(…)`. */
  dynamicImports: ImportExpression[];
  /** Uses of `import.meta`. */
  metas: MetaProperty[];
}

export function survey(program: Node): Survey {
  const names = new Set<string>();
  const references = new Set<string>();
  const dynamicImports: ImportExpression[] = [];
  const metas: MetaProperty[] = [];
  walk(program, (node, parent, key) => {
    if (node.type === 'Identifier') {
      names.add(node.name);
      if (parent && isReference(parent, key)) references.add(node.name);
    } else if (node.type === 'ImportExpression') dynamicImports.push(node);
    else if (node.type === 'MetaProperty' && node.meta.name === 'import') metas.push(node);
  });
  return { names, references, dynamicImports, metas };
}

function isReference(parent: AnyNode, key: string): boolean {
  switch (parent.type) {
    case 'MemberExpression':
      return key !== 'property' || parent.computed;
    case 'Property':
      return key !== 'key' || parent.computed || parent.shorthand;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return key !== 'key' || parent.computed;
    case 'ExportSpecifier':
      return key !== 'exported';
    default:
      return !parent.type.startsWith('Import');
  }
}

/** Top-level names with whether they can be assigned later (`let`, `var`). */
export function declaredNames(
  program: { body: readonly Node[] } | Program,
): [name: string, live: boolean][] {
  const names: [string, boolean][] = [];
  for (const node of program.body as AnyNode[]) {
    const statement =
      (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration') &&
      node.declaration
        ? (node.declaration as AnyNode)
        : node;
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
      if (statement.id) names.push([statement.id.name, false]);
    } else if (statement.type === 'VariableDeclaration') {
      const live = statement.kind === 'let' || statement.kind === 'var';
      for (const { id } of statement.declarations)
        for (const name of patternNames(id)) names.push([name, live]);
    } else if (statement !== program) {
      for (const name of hoistedVars(statement)) names.push([name, true]);
    }
  }
  return names;
}

/** `var` reaches the top level from inside blocks and loops, but not out of functions. */
function hoistedVars(statement: AnyNode): string[] {
  const names: string[] = [];
  const visit = (node: AnyNode): void => {
    if (/Function|Class/.test(node.type)) return;
    if (node.type === 'VariableDeclaration' && node.kind === 'var') {
      for (const { id } of node.declarations) names.push(...patternNames(id));
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child);
    }
  };
  visit(statement);
  return names;
}

function patternNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case 'RestElement':
      return patternNames(pattern.argument);
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    default:
      return [];
  }
}
