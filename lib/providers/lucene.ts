/** Words as a query of Lucene's syntax that means just those words: its signs escaped, its operators in lower case. */
export function toLuceneWords(text: string): string {
  return text
    .replace(/[+\-!(){}[\]^"~*?:\\/&|]/g, "\\$&")
    .replace(/\b(AND|OR|NOT|TO)\b/g, (word) => word.toLowerCase());
}
