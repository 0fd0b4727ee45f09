import type { AnyNode, Node, Pattern, Program } from 'acorn';

/** Visits every node, parents first. The walk keeps its own stack: deep code cannot overflow the real one. */
export function walk(
  root: Node,
  visit: (node: AnyNode, parent: AnyNode | undefined, key: string) => void,
): void {
  const stack: { node: AnyNode; parent: AnyNode | undefined; key: string }[] = [
    { node: root as AnyNode, parent: undefined, key: '' },
  ];
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    const { node } = entry;
    visit(node, entry.parent, entry.key);
    for (const [key, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) stack.push({ node: child, parent: node, key });
      }
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

/** All identifiers, whatever they stand for: more than the variables, never fewer. */
export function collectNames(root: Node): Set<string> {
  const names = new Set<string>();
  walk(root, (node) => {
    if (node.type === 'Identifier') names.add(node.name);
  });
  return names;
}

/** Names used as values: not property names, not keys, not the names in import and export lists. */
export function referencedNames(root: Node): Set<string> {
  const names = new Set<string>();
  walk(root, (node, parent, key) => {
    if (node.type !== 'Identifier' || !parent) return;
    if (parent.type.startsWith('Import')) return;
    if (parent.type === 'MemberExpression' && key === 'property' && !parent.computed) return;
    if (parent.type === 'Property' && key === 'key' && !parent.computed && !parent.shorthand)
      return;
    if (parent.type === 'MethodDefinition' && key === 'key' && !parent.computed) return;
    if (parent.type === 'PropertyDefinition' && key === 'key' && !parent.computed) return;
    if (parent.type === 'ExportSpecifier' && key === 'exported') return;
    names.add(node.name);
  });
  return names;
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
