package tasks

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWordsHaveNeitherCaseNorAccents(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "",
		"Write the_report, *now*!":           "write the report now",
		"# Title\n- [ ] `code` **bold**":     "title code bold",
		"Éclair ÉCLAIR e\u0301clair":         "eclair",
		"Straße STRASSE straẞe":              "strasse",
		"ﬁnd ①②":                             "find 12",
		"Ёлка ёлка елка":                     "елка",
		"Чай чай":                            "чай",
		"ΣΊΣΥΦΟΣ σίσυφος":                    "σισυφοσ",
		"Øre Łódź Æsir Þór smørrebrød":       "ore lodz aesir thor smorrebrod",
		"İstanbul ISTANBUL ıstanbul":         "istanbul",
		"o'neil O’Neil":                      "o neil",
		"WEB-12 v1.2.3":                      "web 12 v1 2 3",
		"日本語":                                "日本 本語 語",
		"語":                                  "語",
		"東京2026年":                            "東京 京 2026 年",
		"ﾊﾟﾘ パリ":                             "ハ\u309aリ リ",
		"サーバー":                               "サー ーハ\u3099 ハ\u3099ー ー",
		"สวัสดี":                             "สว วั ัส สด ดี ี",
		"नमस्ते दुनिया":                      "नमस्ते दुनिया",
		"שָׁלוֹם שלום":                       "שלום",
		"مُحَمَّد محمد":                      "محمد",
		"🚀 launch \x00\xff a\xffb":           "launch a b",
		"ｆｕｌｌ　ｗｉｄｔｈ":                         "full width",
		strings.Repeat("x", 200) + " " + "y": strings.Repeat("x", maxWord) + " y",
	} {
		if got := strings.Join(Words(text), " "); got != want {
			t.Errorf("%q has the words %q, want %q", text, got, want)
		}
	}
}

func TestWordsStandWhereTheyAreSaidTo(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ärger, ﬁx it", "Ärger|ﬁx|it"},
		{"e\u0301a b\u0301", "e\u0301a|b\u0301"},
		{"日本語 ok", "日本|本語|語|ok"},
		{"ab", "ab"},
	} {
		var got []string
		eachWord(c.text, func(_ []byte, from, to int) bool {
			got = append(got, c.text[from:to])
			return true
		})
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestEveryWordTypedMustBeFoundAndTheLastMayGoOn(t *testing.T) {
	const text = "Ask the Größe of 日本語 and 東京 from Zoë"
	for question, want := range map[string]bool{
		"":                      false,
		"!!! ** \"":             false,
		"ask":                   true,
		"as":                    true,
		"as the":                false,
		"the as":                true,
		"GROSS":                 true,
		"groß":                  true,
		"zoe ask":               true,
		"zo ask":                false,
		"日本":                    true,
		"日本語":                   true,
		"本":                     true,
		"語 ask":                 true,
		"日語":                    false,
		"日 京":                   true,
		"nothing":               false,
		"ask ask ask":           true,
		"ask a":                 true,
		"ask AND NOT the":       false,
		`"ask" the* OR:(z`:      false,
		`"ask" (the) +z`:        true,
		strings.Repeat("日", 50): false,
	} {
		if got := TermsOf(question).In(text); got != want {
			t.Errorf("%q: %v, want %v (%v)", question, got, want, TermsOf(question))
		}
	}
	many := strings.Repeat("a b c d e f g h i j k l m n o p q r s t u v w x y z ", 20)
	if got := TermsOf(many); len(got) != maxTerms || got[maxTerms-1].Prefix {
		t.Errorf("%d terms: %v", len(got), got)
	}
	if !TermsOf("a b").In("a", "b") || TermsOf("a b").In("a", "c") {
		t.Error("the words of several texts do not count together")
	}
}

// FuzzTerms holds what is said of any text at all: its own words are found in it, they are made of letters, and stand in
// order within it.
func FuzzTerms(f *testing.F) {
	for _, s := range []string{"", "Write it", `"a" OR b*`, "日本語", "e\u0301\u0301", "ﬁ½", "\xff\x00", "\u0306и\u0306", "가각", "ั"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, question string) {
		last := 0
		eachWord(text, func(w []byte, from, to int) bool {
			if from < last || to < from || to > len(text) {
				t.Errorf("%q stands at %d to %d, behind %d, in %q", w, from, to, last, text)
			}
			last = from
			if !utf8.Valid(w) || len(w) == 0 || len(w) > maxWord+64 || slices.ContainsFunc(w, func(c byte) bool {
				return c < utf8.RuneSelf && (c < '0' || c > '9') && (c < 'a' || c > 'z')
			}) {
				t.Errorf("%q is no word (%q)", w, text)
			}
			return true
		})
		terms := TermsOf(question)
		if len(terms) > maxTerms {
			t.Errorf("%d terms", len(terms))
		}
		if all := TermsOf(text); len(all) > 0 && !all.In(text) {
			t.Errorf("%q does not have its own words %v", text, all)
		}
		has := Words(text)
		want := len(terms) > 0
		for _, term := range terms {
			want = want && slices.ContainsFunc(has, func(w string) bool { return term.is([]byte(w)) })
		}
		if terms.In(text) != want {
			t.Errorf("%v in %q: %v", terms, text, !want)
		}
	})
}
