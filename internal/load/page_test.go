package load

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// void are the elements that are never closed.
var void = []string{"meta", "br", "hr", "img", "input", "link"}

// written writes a page and looks that every element is closed, in order, and that nothing is asked for or run.
func written(t *testing.T, r *Report) (text string, ids []string, labels int) {
	t.Helper()
	var b bytes.Buffer
	if err := r.WritePage(&b); err != nil {
		t.Fatal(err)
	}
	var open []string
	for z := html.NewTokenizer(bytes.NewReader(b.Bytes())); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range token.Attr {
				switch {
				case a.Key == "src" || a.Key == "href" || strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.Contains(a.Val, "NaN"):
					t.Errorf("<%s> has %s=%q", token.Data, a.Key, a.Val)
				case a.Key == "id":
					ids = append(ids, a.Val)
				case a.Key == "role" && a.Val == "img":
					labels++
				}
			}
			if token.Data == "script" || token.Data == "link" || token.Data == "iframe" || token.Data == "base" {
				t.Errorf("there is <%s>", token.Data)
			}
			if kind == html.StartTagToken && !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes %v", token.Data, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%v stay open", open)
	}
	if s := b.String(); strings.Contains(s, "@import") || strings.Contains(s, "url(") || strings.Contains(s, "ZgotmplZ") || strings.Contains(s, "NaN") {
		t.Error("the page asks for something, or holds something that could not be written")
	}
	if !strings.Contains(b.String(), `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`) {
		t.Error("the page may ask for something")
	}
	return b.String(), ids, labels
}

func TestPage(t *testing.T) {
	plots := []string{"requests", "latency", "delay", "streams", "processor", "memory"}
	text, ids, labels := written(t, exampleReport())
	if !slices.Equal(ids, plots) || labels != len(plots)+12 {
		t.Errorf("there are %v and %d pictures with words", ids, labels)
	}
	for _, want := range []string{
		"100,000 users were held", "goal 100 ms", "Latency over time: p99.9 from 29.7 ms to 605 ms; p99 from", "People were still coming",
		"class=\"line s1\" d=\"M0 ", "not measured</title>", "14,903",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	text, ids, _ = written(t, exampleLimit())
	if !slices.Equal(ids, slices.Concat([]string{"limit"}, plots)) || !strings.Contains(text, "What gave out first: with 300000 users") ||
		!strings.Contains(text, "goal of events 250 ms") || !strings.Contains(text, "400,000 users, events 3.9 s, not held") {
		t.Errorf("the limit is not shown, but %v", ids)
	}
}

func TestPageOfLittle(t *testing.T) {
	for _, seconds := range []int{0, 1, 2} {
		r := exampleReport()
		r.Timeline, r.Server, r.Actions, r.Mix = r.Timeline[29:29+seconds], nil, nil, nil
		written(t, r)
	}
	written(t, &Report{})
	r := exampleReport()
	for i := range r.Timeline {
		r.Timeline[i] = Second{At: float64(i), Processor: -1, Memory: -1}
	}
	written(t, r)
	written(t, &Report{Steps: []Step{{}}})
	r.Timeline = slices.Repeat(r.Timeline, 20)
	if text, _, _ := written(t, r); !strings.Contains(text, "A point stands for 19 seconds") {
		t.Error("a long rehearsal is not made shorter")
	}
}

func TestPageEscapesWhatOthersSaid(t *testing.T) {
	r := refused()
	r.Version = "</title><script>1</script>"
	r.Steps = []Step{{Users: 10, Why: []string{"<img src=x onerror=alert(1)>"}}}
	r.FirstToGive = "<b onclick=alert(1)>"
	r.Mix[0].Action, r.Actions[0].Name = "<i>", `"><iframe>`
	text, _, _ := written(t, r)
	for _, want := range []string{"&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x onerror=alert(1)&gt;", "&lt;b onclick=alert(1)&gt;", "&#34;&gt;&lt;iframe&gt;"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
}

// The page looks like the web app.
func TestColoursAreThoseOfTheApp(t *testing.T) {
	app, err := os.ReadFile("../../web/src/ui/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	css, err := pageFiles.ReadFile("page.css")
	if err != nil {
		t.Fatal(err)
	}
	all := regexp.MustCompile(`(?m)^  --[a-z-]+: light-dark\(.*\);$`).FindAllString(string(css), -1)
	if len(all) < 10 {
		t.Errorf("there are only %d colours", len(all))
	}
	for _, c := range all {
		if !strings.Contains(string(app), c) {
			t.Errorf("the app has not%s", c)
		}
	}
}
