package text_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/text"
)

func TestWhatStandsInOneLine(t *testing.T) {
	for _, good := range []string{
		"", "Ship it", "  blanks  ", "a\u00a0b", "Größe <b>&amp;</b>", "日本語", "שלום עולם 12", "مرحبا (1) abc", "می\u200cخواهم", "क्\u200dष",
		"👩\u200d👩\u200d👧", "❤\ufe0f", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", "葛\U000E0100", "to\u00adgether", "ไทย\u200bไทย",
		"\u200fעברית!\u200f", "by \u2068עדה\u2069 today", "\u2068a \u2067b\u2069\u2069", "\ue000 \ufffd", "e\u0301",
	} {
		if why := text.Line(good); why != "" {
			t.Errorf("%q %s", good, why)
		}
		if got := text.CleanLine(good); good != "  blanks  " && good != "a\u00a0b" && got != good {
			t.Errorf("cleaning makes %q of %q", got, good)
		}
	}
	for bad, want := range map[string]string{
		"a\x00": "one line", "a\nb": "one line", "a\r": "one line", "a\tb": "one line", "\x1b[31m": "one line", "\x7f": "one line",
		"\u0085": "one line", "\u009b": "one line", "a\u2028b": "one line", "a\u2029b": "one line", "a\xff": "UTF-8", "\xed\xa0\x80": "UTF-8",
		"invoice\u202efdp.exe": "order", "a\u202ab\u202c": "order", "\u202bא\u202c": "order", "\u202dab": "order", "a\u2066b": "order",
		"a\u2069b": "order", "\u2069a\u2068": "order", "a\ufeffb": "see", "a\u2060b": "see", "a\u2063": "see", "a\u206a": "see", "\ufff9": "see",
		"hi\U000E0041\U000E0042": "see", "🏴\U000E0067\U000E007F\U000E0041": "see", "\U000E0001": "see", "a\ufdd0": "no characters",
		"a\uffff": "no characters", "\U0010FFFE": "no characters",
	} {
		if why := text.Line(bad); !strings.Contains(why, want) {
			t.Errorf("%q: %q, want %q", bad, why, want)
		}
		if why := text.Line(text.CleanLine(bad)); why != "" {
			t.Errorf("%q, cleaned to %q: %s", bad, text.CleanLine(bad), why)
		}
	}
}

func TestABodyKeepsAllButControls(t *testing.T) {
	for _, good := range []string{"", "a\r\n\tb\n", "\u202eabc", "\ufeff# x", "\uffff", "a\u2028b", "\U000E0041", "שלום"} {
		if why := text.Body(good); why != "" || text.CleanBody(good) != good {
			t.Errorf("%q %s", good, why)
		}
	}
	for _, bad := range []string{"a\x00b", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\u0080", "\u0085", "\u009f", "\xff", "\xed\xa0\x80"} {
		if text.Body(bad) == "" {
			t.Errorf("%q is taken", bad)
		}
		if why := text.Body(text.CleanBody(bad)); why != "" {
			t.Errorf("%q, cleaned to %q: %s", bad, text.CleanBody(bad), why)
		}
	}
}

func TestNamesAreSeenAndCountedInCharacters(t *testing.T) {
	for _, bad := range []string{"", " ", "\u00a0", "\u200b", "\u200d\u200c", "\u3164", "\u2800\u2800", "\u2068\u2069", "\u00ad", "\u0301", "\ufe0f", "ééé!"} {
		if clean, why := text.Name(bad, 3); why == "" || clean != "" {
			t.Errorf("%q is taken as %q", bad, clean)
		}
	}
	for _, good := range []string{"éé!", " 日本語\n", "👍", "1", "?", "\ue000"} {
		if _, why := text.Name(good, 3); why != "" {
			t.Errorf("%q %s", good, why)
		}
	}
	if why := text.Title(" a", 1); why == "" {
		t.Error("a title's blanks are not counted")
	}
}

func TestNamesThatLookTheSameAreTheSame(t *testing.T) {
	for _, other := range []string{"  straße ", "STRASSE", "Stra\u200bße", "Stra\u00adße", "\u2068Straße\u2069", "ｓｔｒａｓｓｅ", "\u200eStraße\u3164"} {
		if text.Fold(other) != text.Fold("Straße") {
			t.Errorf("%q is another name", other)
		}
	}
	if text.Fold("To do") == text.Fold("Todo") || text.Fold("bug") == text.Fold("bugs") {
		t.Error("other names are the same")
	}
}

func TestJSONThatMeansOneThing(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for in, want := range map[string]error{
		`{}`: nil, ` {"a":[1,{"a":null}]} `: nil, `"x"`: nil, `-0`: nil, `1e400`: text.ErrNumber, `[-1e999]`: text.ErrNumber, `1e-999`: nil, `123456789012345678901234567890`: nil, `"\ud83d\ude00"`: nil, `{"a":1,"A":2}`: nil, deep(8): nil,
		`"\u0000"`: text.ErrControl, `{"\u0000":1}`: text.ErrControl, deep(9): text.ErrDepth, strings.Repeat("[", 1<<20): text.ErrDepth,
		strings.Repeat(`{"a":`, 1000): text.ErrDepth, `{"a":1,"a":1}`: text.ErrDuplicate, `{"a":1,"\u0061":2}`: text.ErrDuplicate,
		`{"b":{"a":1,"a":[]}}`: text.ErrDuplicate, ``: text.ErrSyntax, ` `: text.ErrSyntax, "\ufeff{}": text.ErrSyntax, `{} {}`: text.ErrSyntax,
		`{}x`: text.ErrSyntax, `{"a":"\ud800"}`: text.ErrSyntax, `"\udc00\ud800"`: text.ErrSyntax, `{"a":1,}`: text.ErrSyntax, `NaN`: text.ErrSyntax,
		"\"\xff\"": text.ErrSyntax, "\"\xed\xa0\x80\"": text.ErrSyntax, "\"a\nb\"": text.ErrSyntax, `'a'`: text.ErrSyntax, `01`: text.ErrSyntax,
		`{"a":1}/**/`: text.ErrSyntax, `{"a"`: text.ErrSyntax,
	} {
		if err := text.CheckJSON([]byte(in), 8, false); !errors.Is(err, want) {
			t.Errorf("%.40q: %v, want %v", in, err, want)
		}
	}
	if err := text.CheckJSON([]byte(`"\u0000"`), 8, true); err != nil {
		t.Error(err)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"a", "\x00", "\u202e", "🏴\U000E0067\U000E007F", "\u2068\u2069", "\xff", "a\u2028 b", "\u3164"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if clean := text.CleanLine(s); text.Line(clean) != "" || text.CleanLine(clean) != clean {
			t.Errorf("%q is cleaned to %q: %s", s, clean, text.Line(clean))
		}
		if clean := text.CleanBody(s); text.Body(clean) != "" || text.CleanBody(clean) != clean || text.Body(s) == "" && clean != s {
			t.Errorf("%q is cleaned to %q: %s", s, clean, text.Body(clean))
		}
		if clean, why := text.Name(s, 100); why == "" && (text.Line(clean) != "" || text.Fold(clean) == "") {
			t.Errorf("%q is the name %q", s, clean)
		}
		_ = text.CheckJSON([]byte(s), 8, false)
	})
}
