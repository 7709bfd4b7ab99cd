package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// FuzzSearch: whatever is looked for, what is found is what has all of the words, from the index and behind it, and the
// places of the words lie within the text.
func FuzzSearch(f *testing.F) {
	o := newTarget(f)
	titles := []string{
		"A", "Write the *Zeppelin* story", `"zeppelin" OR NOT (fly)`, "日本語のタイトル", "Ärger é e\u0301 ﬁ½", "😀 joy 👩\u200d💻", "a-b_c.d AAA-1", "и\u0306й 가각 ั ٣", "null ' ; --",
	}
	has := map[string]string{o.ids["task"]: titles[0]}
	for i, title := range titles[1:] {
		if i == 4 { // those before are in the index, the others behind it
			for more, err := true, error(nil); more; {
				if more, err = o.Tasks.Index(f.Context()); err != nil {
					f.Fatal(err)
				}
			}
		}
		id := uuid.NewString()
		body, _ := json.Marshal(map[string]string{"id": id, "project": o.ids["project"], "title": title})
		if w := o.send(http.MethodPost, o.fill("/workspaces/{ws}/tasks"), string(body), nil); w.Code != http.StatusCreated {
			f.Fatalf("%q: %d %s", title, w.Code, w.Body)
		}
		has[id] = title
	}
	for _, title := range titles {
		f.Add(title)
		f.Add(strings.ToUpper(title[:len(title)/2]))
	}
	f.Add("aaa-1 #AAA-2,")
	f.Add(`a* NEAR("b" c, 5) ^d {e}:f +g -h`)
	f.Add("\x00")
	r := Route{Method: http.MethodGet, Path: "/workspaces/{ws}/search"}
	f.Fuzz(func(t *testing.T, q string) {
		w := o.send(r.Method, o.fill(r.Path)+"?limit=200&q="+url.QueryEscape(q), "", nil)
		sound(t, r, w)
		if w.Code != http.StatusOK {
			if w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusBadRequest {
				t.Errorf("%q: %d %s", q, w.Code, w.Body)
			}
			return
		}
		var found struct {
			Items []struct {
				Type   string
				Task   struct{ ID, Title string }
				Ranges [][2]int `json:"title_ranges"`
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &found); err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, item := range found.Items {
			if item.Type == "task" && !strings.Contains(q, "-") { // else it may be there for its key
				got = append(got, item.Task.ID)
			}
			last := 0
			for _, at := range item.Ranges {
				if at[0] < last || at[1] <= at[0] || at[1] > len(utf16.Encode([]rune(item.Task.Title))) {
					t.Errorf("%q stands at %v in %q", q, item.Ranges, item.Task.Title)
				}
				last = at[1]
			}
		}
		for id, title := range has {
			if tasks.TermsOf(q).In(title) && !strings.Contains(q, "-") {
				want = append(want, id)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, and %v have its words", q, got, want)
		}
	})
}
