import type { PluginObj, types as Types } from '@babel/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'

/**
 * Keeps the English of a sentence where it is said, compiled as in a catalog: so a screen loads its own words and no
 * others, and English needs no catalog. It runs over what Lingui's macros have made.
 */
export function inlineWords({ types: t }: { types: typeof Types }): PluginObj {
  const compiled = (text: string): Types.Expression => t.valueToNode(compileMessage(text)) as Types.Expression
  return {
    name: 'inline-words',
    visitor: {
      Program: {
        exit(program) {
          program.traverse({
            ObjectExpression({ node }) {
              const of = (name: string) =>
                node.properties.find(
                  (p): p is Types.ObjectProperty => t.isObjectProperty(p) && t.isIdentifier(p.key, { name }),
                )
              const message = of('message')
              if (message && of('id') && t.isStringLiteral(message.value)) message.value = compiled(message.value.value)
            },
            JSXOpeningElement({ node }) {
              const of = (name: string) =>
                node.attributes.find(
                  (a): a is Types.JSXAttribute => t.isJSXAttribute(a) && t.isJSXIdentifier(a.name, { name }),
                )
              const message = of('message')
              const value = message?.value
              const text = t.isStringLiteral(value)
                ? value
                : t.isJSXExpressionContainer(value) && t.isStringLiteral(value.expression)
                  ? value.expression
                  : undefined
              if (message && text && of('id') && t.isJSXIdentifier(node.name) && /Trans/.test(node.name.name)) {
                message.value = t.jsxExpressionContainer(compiled(text.value))
              }
            },
          })
        },
      },
    },
  }
}
