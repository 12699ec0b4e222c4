// What one types at the beginning of a line that makes it a heading, a list, a quote; and around words, that marks them.
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules"
import type { Plugin } from "prosemirror-state"

import { schema } from "./schema"

const { heading, bullet_list, ordered_list, task_list, task_item, blockquote, code_block, horizontal_rule } = schema.nodes

export function rules(): Plugin {
  return inputRules({
    rules: [
      sameListRule(),
      textblockTypeInputRule(/^(#{1,3})\s$/, heading!, (found) => ({ level: found[1]!.length })),
      wrappingInputRule(/^\s*([-+*])\s$/, bullet_list!),
      wrappingInputRule(/^(\d{1,6})\.\s$/, ordered_list!, (found) => ({ order: Number(found[1]) }), (found, node) => node.childCount + node.attrs.order === Number(found[1])),
      wrappingInputRule(/^\s*>\s$/, blockquote!),
      textblockTypeInputRule(/^```$/, code_block!),
      taskRule(),
      new InputRule(/^---$/, (state, _match, start, end) => state.tr.replaceRangeWith(start - 1, end, horizontal_rule!.create())),
      markRule(/(?:^|\s)(\*\*(\S(?:[^*]*[^*\s])?)\*\*)$/, "strong"),
      markRule(/(?:^|\s)(\*([^\s*](?:[^*]*[^*\s])?)\*)$/, "em"),
      markRule(/(?:^|\s)(`([^`]+)`)$/, "code"),
    ],
  })
}

/** In a list the next line is an item already: whoever begins it with the sign of one, by habit, gets no list in the list. */
function sameListRule(): InputRule {
  return new InputRule(/^\s*(?:([-+*])|\d{1,6}\.)\s$/, (state, found, start, end) => {
    const { $from } = state.selection
    const list = $from.depth > 2 && $from.index(-1) === 0 ? $from.node(-2) : null
    return list?.type === (found[1] ? bullet_list : ordered_list) ? state.tr.delete(start, end) : null
  })
}

/** Words between signs are marked and the signs go; what is typed next is as before. The first group holds both. */
function markRule(match: RegExp, name: "strong" | "em" | "code"): InputRule {
  const mark = schema.marks[name]!
  return new InputRule(match, (state, found, start, end) => {
    const [all, signed, words] = found as unknown as [string, string, string]
    const [from, sign] = [start + all.length - signed.length, signed.indexOf(words)]
    const tr = state.tr.delete(from + sign + words.length, end).delete(from, from + sign)
    return tr.addMark(from, from + words.length, mark.create()).removeStoredMark(mark)
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
