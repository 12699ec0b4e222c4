// What one types at the beginning of a line that makes it a heading, a list, a quote.
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules"
import type { Plugin } from "prosemirror-state"

import { schema } from "./schema"

const { heading, bullet_list, ordered_list, task_list, task_item, blockquote, code_block, horizontal_rule } = schema.nodes

export function rules(): Plugin {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,3})\s$/, heading!, (found) => ({ level: found[1]!.length })),
      wrappingInputRule(/^\s*([-+*])\s$/, bullet_list!),
      wrappingInputRule(/^(\d{1,6})\.\s$/, ordered_list!, (found) => ({ order: Number(found[1]) }), (found, node) => node.childCount + node.attrs.order === Number(found[1])),
      wrappingInputRule(/^\s*>\s$/, blockquote!),
      textblockTypeInputRule(/^```$/, code_block!),
      taskRule(),
      new InputRule(/^---$/, (state, _match, start, end) => state.tr.replaceRangeWith(start - 1, end, horizontal_rule!.create())),
    ],
  })
}

/** "[ ] " and "[x] " begin a list to tick off. */
function taskRule(): InputRule {
  return new InputRule(/^\s*\[([ xX]?)\]\s$/, (state, found, start, end) => {
    const tr = state.tr.delete(start, end)
    const range = tr.doc.resolve(start).blockRange()
    if (!range || range.parent.type === task_item) return null
    return tr.wrap(range, [{ type: task_list! }, { type: task_item!, attrs: { checked: /x/i.test(found[1] ?? "") } }])
  })
}
