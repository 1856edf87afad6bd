/** Words that are no names, nor functions where a parenthesis follows. */
export const keywords: ReadonlySet<string> = new Set(
  [
    "all and as asc between by case collate cross desc distinct div else end escape except fetch for from full group having",
    "in inner intersect is join lateral like limit minus natural not offset on or order outer over recursive regexp rlike",
    "select separator straight_join then union using values when where window with xor",
  ]
    .join(" ")
    .split(" "),
);

/** Values that are written as words, whether or not a server takes parentheses behind them. */
export const valueWords: ReadonlySet<string> = new Set(
  [
    "null true false unknown default current_timestamp current_date current_time localtime localtimestamp utc_date utc_time",
    "utc_timestamp current_user session_user system_user user sysdate systimestamp",
  ]
    .join(" ")
    .split(" "),
);
