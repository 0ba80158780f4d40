// The rule of needs/relevance.py, for showing and hiding while somebody answers; the server decides in the end.
const NUMBER = /^-?\d+(\.\d+)?$/;

// answers: name → text; several choices are one text with blanks between
export function holds(tree, answers) {
  const [word, ...parts] = tree;
  if (word === "and") return parts.every((part) => holds(part, answers));
  if (word === "or") return parts.some((part) => holds(part, answers));
  if (word === "not") return !holds(parts[0], answers);
  if (word === "selected") return (answers[parts[0]] ?? "").split(" ").includes(parts[1]);
  return compares(word, said(parts[0], answers), said(parts[1], answers));
}

function said([kind, text], answers) {
  return kind === "text" ? text : answers[text] ?? "";
}

function compares(sign, left, right) {
  if (!(NUMBER.test(left) && NUMBER.test(right))) {
    return sign === "=" ? left === right : sign === "!=" ? left !== right : false;
  }
  const [first, second] = [Number(left), Number(right)];
  if (sign === "=") return first === second;
  if (sign === "!=") return first !== second;
  if (sign === "<") return first < second;
  if (sign === "<=") return first <= second;
  return sign === ">" ? first > second : first >= second;
}
