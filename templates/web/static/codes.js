// The code of a pass as it is typed: read as the server reads it, grouped as it is printed. It asks nobody.
"use strict";
const passCode = (() => {
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const LENGTH = 17;
  const CHECK_LENGTH = 12;
  const SAID = {
    none: "请先输入凭证代码。",
    check: "这是存根上的核对码。投票用凭证上 17 位的代码。",
    slip: "代码有误，请对照凭证改正。",
    link: "二维码没有读全，请再扫一次，或照凭证输入。",
  };

  // A code as the server reads it: case and full-width folded, separators dropped; of a link the fragment.
  function folded(typed) {
    return typed.slice(typed.lastIndexOf("#") + 1).normalize("NFKC").toUpperCase().replace(/[\s\-–—_.]/g, "");
  }

  function checkOf(code) {
    const step = (value) => (value << 1) ^ (value & 16 ? 37 : 0);
    return ALPHABET[step([...code].reduce((value, sign) => step(value) ^ ALPHABET.indexOf(sign), 0))];
  }

  // As the server takes what was mistaken for a digit.
  function read(typed) {
    return folded(typed).replace(/O/g, "0").replace(/[IL]/g, "1");
  }

  // What is wrong with a code: this asks nobody, and tells only what was typed. Empty where it could be a pass.
  function faultOf(typed) {
    const code = read(typed);
    const ours = [...code].every((sign) => ALPHABET.includes(sign));
    if (!code) return SAID.none;
    if (ours && code.length === CHECK_LENGTH) return SAID.check;
    return ours && code.length === LENGTH && checkOf(code.slice(0, -1)) === code[LENGTH - 1] ? "" : SAID.slip;
  }

  function grouped(code) {
    return (code.match(/.{1,4}/g) || []).join(" ");
  }

  // Groups as they are printed; the caret stays behind the same character.
  function group(field, forward) {
    const code = folded(field.value);
    const text = grouped(code);
    if (text === field.value) return;
    const before = field.value.includes("#") ? code.length : folded(field.value.slice(0, field.selectionStart)).length;
    const past = forward && before % 4 === 0 && before < code.length ? before : before - 1;
    field.value = text;
    const caret = before + Math.floor(Math.max(0, past) / 4);
    field.setSelectionRange(caret, caret);
  }

  // How many characters are missing; less than none where there are too many.
  function missing(typed) {
    return LENGTH - folded(typed).length;
  }

  function isEmpty(typed) {
    return !folded(typed);
  }

  function isSame(typed, other) {
    return read(typed) === read(other);
  }

  return { faultOf, group, grouped: (typed) => grouped(folded(typed)), isEmpty, isSame, missing, unread: SAID.link };
})();
