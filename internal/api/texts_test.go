package api

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/auth"
)

// quoted writes a text as JSON has it.
func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// textField is a place where a text is taken; %s in its body is the text.
type textField struct {
	who, method, path, body, field string
	created                        int // the status of success
}

// Texts that a line does not take, as JSON has them: NUL and other controls, line breaks, what turns the order around,
// what nobody can see, no characters.
var badLines = []string{
	`"a\u0000b"`, `"\u0000"`, `"a\nb"`, `"a\r"`, `"a\tb"`, `"\u001b[31mred"`, `"\u007f"`, `"a\u0085b"`, `"\u009b1m"`, `"a\u2028b"`,
	`"invoice\u202efdp.exe"`, `"a\u202ab\u202c"`, `"a\u2066b"`, `"b\u2069a"`, `"a\ufeffb"`, `"a\u2062b"`, `"hi\udb40\udc41"`, `"a\uffffb"`, `"\ufdd0"`,
}

// Texts that every line takes and gives back as they are.
var goodLines = []string{
	"שלום (עולם) 12", "مرحبا بالعالم", "می\u200cخواهم", "👩\u200d👩\u200d👧 ❤\ufe0f", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F",
	"<b>&\"'\\", "by \u2068עדה\u2069", "ไทย\u200bไทย", "ﬁ Å e\u0301",
}

func TestTextsInOneLine(t *testing.T) {
	b := newBoard(t)
	path, project := b.project(`{"name":"Website","key":"WEB"}`)
	task, _ := b.task(project, "A")
	label := "/labels/" + b.do("ann", "POST", "/labels", `{"name":"label"}`, 201).text("id")
	view := "/views/" + b.do("ann", "POST", "/views", `{"name":"view","query":{}}`, 201).text("id")
	status := path + "/statuses/" + b.do("ann", "POST", path+"/statuses", `{"name":"status"}`, 201).text("id")
	for _, f := range []textField{
		{"ann", "POST", "/tasks", `{"project":"` + project + `","title":%s}`, "title", 201},
		{"ann", "PATCH", task, `{"title":%s}`, "title", 200},
		{"ann", "PATCH", task, `{"ical_uid":%s}`, "ical_uid", 200},
		{"ann", "PATCH", task, `{"external":{"source":"a","id":%s}}`, "external.id", 200},
		{"ann", "PATCH", task, `{"external":{"source":%s,"id":"a"}}`, "external.source", 0},
		{"ann import write", "PATCH", task, `{"author":{"user":null,"name":%s}}`, "author.name", 200},
		{"ann import write", "POST", task + "/comments", `{"body":"a","author":{"user":null,"name":%s}}`, "author.name", 201},
		{"ann import write", "POST", task + "/comments", `{"body":"a","external":{"source":"x","id":%s}}`, "external.id", 201},
		{"ann", "POST", "/projects", `{"name":%s}`, "name", 201},
		{"ann", "POST", "/projects", `{"name":"x","statuses":[{"name":%s}]}`, "statuses[0].name", 201},
		{"ann", "PATCH", path, `{"name":%s}`, "name", 200},
		{"ann", "PATCH", path, `{"color":%s}`, "color", 200},
		{"ann", "PATCH", path, `{"icon":%s}`, "icon", 200},
		{"ann", "PATCH", path, `{"key":%s}`, "key", 0},
		{"ann", "POST", path + "/statuses", `{"name":%s}`, "name", 201},
		{"ann", "PATCH", status, `{"name":%s}`, "name", 200},
		{"ann", "PATCH", status, `{"color":%s}`, "color", 200},
		{"ann", "POST", "/labels", `{"name":%s}`, "name", 201},
		{"ann", "PATCH", label, `{"color":%s}`, "color", 200},
		{"ann", "POST", "/views", `{"name":%s,"query":{}}`, "name", 201},
		{"ann", "PATCH", view, `{"name":%s}`, "name", 200},
		{"ann", "PATCH", view, `{"sort":%s}`, "sort", 0},
		{"ann", "PATCH", view, `{"group_by":%s}`, "group_by", 0},
		{"ann", "PATCH", task, `{"recurrence":{"rrule":%s,"basis":"due"}}`, "recurrence.rrule", 0},
		{"ann", "PATCH", task, `{"due":{"date":"2026-01-01","time":"10:00","time_zone":%s}}`, "due.time_zone", 0},
	} {
		for _, bad := range badLines {
			body := strings.ReplaceAll(f.body, "%s", bad)
			p := b.do(f.who, f.method, f.path, body, 422).problem(t)
			if len(p.Errors) == 0 || p.Errors[0].Field != f.field && !strings.HasPrefix(f.field, p.Errors[0].Field) {
				t.Errorf("%s %s: %+v", f.path, body, p.Errors)
			}
		}
		for _, good := range goodLines {
			if f.created == 0 || f.field == "color" && len(good) > 40 || f.field == "icon" && len(good) > 40 {
				continue
			}
			got := b.do(f.who, f.method, f.path, strings.ReplaceAll(f.body, "%s", quoted(good)), f.created)
			field := strings.ReplaceAll(f.field, "[0]", ".0")
			if got.text(field) != good {
				t.Errorf("%s %s: %q became %q", f.path, f.field, good, got.text(field))
			}
		}
	}
	for _, bad := range []string{"javascript:alert(1)", "data:text/html,x", "//evil.test/", "https://", "ftp://a/b", "https://a\u202e.test/"} {
		b.do("ann", "PATCH", task, `{"external":{"source":"a","id":"b","url":`+quoted(bad)+`}}`, 422)
	}
	b.do("ann", "PATCH", task, `{"external":{"source":"a","id":"b","url":"https://a.test/ü?q#f"}}`, 200)
}

func TestBodiesOfTextKeepTheirBytes(t *testing.T) {
	b := newBoard(t)
	path, project := b.project(`{"name":"Website","key":"WEB"}`)
	task, _ := b.task(project, "A")
	comment := task + "/comments/" + b.do("ann", "POST", task+"/comments", `{"body":"a"}`, 201).text("id")
	for _, f := range []textField{
		{"ann", "POST", "/tasks", `{"project":"` + project + `","title":"a","description":%s}`, "description", 201},
		{"ann", "PATCH", task, `{"description":%s}`, "description", 200},
		{"ann", "PATCH", path, `{"description":%s}`, "description", 200},
		{"ann", "POST", task + "/comments", `{"body":%s}`, "body", 201},
		{"ann", "PATCH", comment, `{"body":%s}`, "body", 200},
	} {
		for _, bad := range []string{`"a\u0000b"`, `"a\u0008b"`, `"a\u000bb"`, `"a\u001b[1m"`, `"a\u007f"`, `"a\u0085"`, `"a\u009b"`} {
			p := b.do(f.who, f.method, f.path, strings.ReplaceAll(f.body, "%s", bad), 422).problem(t)
			if len(p.Errors) != 1 || p.Errors[0].Field != f.field {
				t.Errorf("%s %s: %+v", f.path, bad, p.Errors)
			}
		}
		for _, bad := range []string{`"a\ud800"`, `"\udc00b"`, `"\udc00\ud800"`, "\"a\xffb\"", "\"\xed\xa0\x80\"", "\"a\xc0\x80\""} {
			b.do(f.who, f.method, f.path, strings.ReplaceAll(f.body, "%s", bad), 400)
		}
		for _, good := range append(goodLines, "a\r\n\tb\n", "\u202eabc", "\ufeff# x", "a\u2028b\uffff", " \ufffd ", "<script>") {
			got := b.do(f.who, f.method, f.path, strings.ReplaceAll(f.body, "%s", quoted(good)), f.created)
			if got.text(f.field) != good {
				t.Errorf("%s: %q became %q", f.path, good, got.text(f.field))
			}
		}
	}
}

func TestWhatIsKeptForClientsMeansOneThing(t *testing.T) {
	b := newBoard(t)
	_, project := b.project(`{"name":"Website","key":"WEB"}`)
	task, _ := b.task(project, "A")
	view := "/views/" + b.do("ann", "POST", "/views", `{"name":"view","query":{}}`, 201).text("id")
	deep := strings.Repeat(`[`, 40) + strings.Repeat(`]`, 40)
	for _, f := range []textField{
		{"ann", "PATCH", view, `{"settings":%s}`, "settings", 200},
		{"ann", "PATCH", task, `{"custom":%s}`, "custom", 200},
	} {
		for bad, status := range map[string]int{
			`{"a":"\u0000"}`: 422, `{"a":{"\u0000":1}}`: 422, `{"a":` + deep + `}`: 422, `{"a":1,"a":2}`: 400, `{"a":1e400}`: 400, `{"a":"\ud800"}`: 400,
			`{"a":` + deep + deep + `}`: 400, `{"a":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + `}`: 400,
			`{"a":"` + strings.Repeat("x", 33<<10) + `"}`: 422,
		} {
			b.do(f.who, f.method, f.path, strings.ReplaceAll(f.body, "%s", bad), status)
		}
		good := `{"a":[1.50,-0,123456789012345678901234567890,"<\u202e",null,{"b":{}}]}`
		if got := b.do(f.who, f.method, f.path, strings.ReplaceAll(f.body, "%s", good), 200); !strings.Contains(got.body, `"`+f.field+`":`+good) {
			t.Errorf("%s became %s", good, got.body)
		}
	}
	for _, q := range []string{
		`{"field":"title","op":"contains","value":"a\u0000"}`, `{"field":"title","op":"contains","value":{"a":1}}`,
		`{"all":[{"field":"label","op":"in","value":[["x"]]}]}`, `{"field":"title","op":"contains","value":"` + strings.Repeat("x", 20<<10) + `"}`,
	} {
		b.do("ann", "PATCH", view, `{"query":`+q+`}`, 422)
		b.do("ann", "POST", "/tasks/query", q, 422)
	}
}

func TestNamesOfPeopleAndWorkspaces(t *testing.T) {
	v := newVillage(t)
	v.person("ada")
	ws := "/workspaces/" + v.ask("ada", "POST", "/workspaces", `{"name":"Team"}`, 201, "")["id"].(string)
	for _, f := range []textField{
		{"ada", "PATCH", "/me", `{"name":%s}`, "name", 200},
		{"ada", "PATCH", "/me", `{"timezone":%s}`, "timezone", 0},
		{"ada", "PATCH", "/me", `{"locale":%s}`, "locale", 0},
		{"ada", "PATCH", "/me", `{"notify":{%s:true}}`, "notify", 0},
		{"ada", "POST", "/workspaces", `{"name":%s}`, "name", 201},
		{"ada", "POST", "/workspaces", `{"name":"a","slug":%s}`, "slug", 0},
		{"ada", "PATCH", ws, `{"name":%s}`, "name", 200},
		{"ada", "POST", ws + "/invitations", `{"role":"guest","email":%s}`, "email", 0},
	} {
		for _, bad := range append(badLines, `"\u3164\u200b"`, `""`) {
			if bad == `""` && (f.field == "email" || f.field == "slug") {
				continue
			}
			if strings.HasSuffix(bad, `\r"`) || strings.HasSuffix(bad, `\u0085"`) {
				continue // blanks around a name are cut off
			}
			v.ask(f.who, f.method, f.path, strings.ReplaceAll(f.body, "%s", bad), 422, "invalid")
		}
		for _, good := range goodLines[:4] {
			if f.created != 0 {
				if got := v.ask(f.who, f.method, f.path, strings.ReplaceAll(f.body, "%s", quoted(good)), f.created, ""); got[f.field] != good {
					t.Errorf("%s: %q became %q", f.path, good, got[f.field])
				}
			}
		}
	}
	g := newGate(t, auth.SignupOpen)
	for _, bad := range badLines {
		if strings.HasSuffix(bad, `\r"`) {
			continue
		}
		g.post("/auth/register", `{"email":"a@b.test","password":"`+annsPassword+`","name":`+bad+`}`, 422, "invalid")
		g.post("/auth/register", `{"email":`+bad+`,"password":"`+annsPassword+`","name":"A"}`, 422, "invalid")
	}
	ann := g.post("/auth/register", `{"email":"a@b.test","password":"`+annsPassword+`","name":"A"}`, 201, "")
	for _, bad := range badLines {
		if strings.HasSuffix(bad, `\r"`) {
			continue
		}
		g.post("/auth/tokens", `{"name":`+bad+`,"scopes":["read"]}`, 422, "invalid", ann.bearer()...)
	}
}

func TestLabelsThatLookTheSameAreTheSame(t *testing.T) {
	b := newBoard(t)
	b.do("ann", "POST", "/labels", `{"name":"Straße"}`, 201)
	for _, name := range []string{"STRASSE", "Stra\u200bße", "\u200fStraße", "Ｓtraße", "Stra\u00adße "} {
		b.do("ann", "POST", "/labels", `{"name":`+quoted(name)+`}`, 409)
	}
}
