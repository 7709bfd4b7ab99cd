package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/fault"
)

// describeProblem adds the member that only a stale version has.
func describeProblem(schemas map[string]map[string]any) {
	properties, _ := schemas["Problem"]["properties"].(map[string]any)
	properties["conflicts"] = map[string]any{
		"type": "array", "items": map[string]any{"$ref": "#/components/schemas/FieldConflict"},
		"description": "Of a version-conflict under Rung-Base-Version: the fields that somebody else has changed since.",
	}
}

// describeAnswers adds to an operation what is not its handler's doing: the headers that answers have, the answer that
// there is nothing new, and the refusals.
func describeAnswers(r *Route, op map[string]any) {
	responses, _ := op["responses"].(map[string]any)
	if r.conditional() {
		responses["304"] = map[string]any{"description": http.StatusText(http.StatusNotModified)}
		parameters, _ := op["parameters"].([]any)
		op["parameters"] = append(parameters, map[string]any{
			"name": "If-None-Match", "in": "header", "schema": map[string]any{"type": "string"},
			"description": "An ETag: 304 if that is what there still is.",
		})
	}
	made, _ := responses["201"].(map[string]any)
	for code, response := range responses {
		if code == "default" {
			continue
		}
		description, _ := response.(map[string]any)
		headers, _ := description["headers"].(map[string]any)
		if inherited, ok := made["headers"].(map[string]any); ok && headers == nil { // made before by the same request
			headers = maps.Clone(inherited)
		}
		if headers == nil {
			headers = map[string]any{}
		}
		for _, name := range []string{"X-Request-Id", "RateLimit", "RateLimit-Policy"} {
			headers[name] = headerRef(name)
		}
		if r.Member || r.outside {
			headers["Rung-Seq"] = headerRef("Rung-Seq")
		}
		if headers["ETag"] != nil || r.conditional() {
			headers["ETag"] = headerRef("ETag")
		}
		description["headers"] = headers
		describeStream(description)
	}
	for _, status := range r.refusals(op) {
		responses[strconv.Itoa(status)] = map[string]any{"$ref": "#/components/responses/" + responseName(status)}
	}
	responses["default"] = map[string]any{"$ref": "#/components/responses/Problem"}
}

// describeStream tells of answers that come piece by piece: OpenAPI 3.1 has no word for them, so the schema says what the
// whole is and x-itemSchema what each piece is.
func describeStream(response map[string]any) {
	content, _ := response["content"].(map[string]any)
	for contentType, whole := range map[string]string{
		"text/event-stream":    "Server-Sent Events, as the HTML standard has them: `id:` is EPOCH-SEQ, `event:` the type, `data:` an Event as JSON in one line. A comment comes every 15 seconds. A stream may end at any time; whoever comes back with Last-Event-ID misses nothing.",
		"application/x-ndjson": "One JSON object a line, each a SnapshotLine. The first has epoch and seq, the others an entity and its data. An answer that breaks off is not a snapshot.",
	} {
		if media, ok := content[contentType].(map[string]any); ok {
			media["x-itemSchema"] = media["schema"]
			media["schema"] = map[string]any{"type": "string", "description": whole}
		}
	}
}

// refusals are the statuses, of 400 and above, that an operation may answer with.
func (r *Route) refusals(op map[string]any) []int {
	all := []int{ // for the edge, for a parameter that does not exist, and for what can happen anywhere
		http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable,
	}
	add := func(when bool, statuses ...int) {
		if when {
			all = append(all, statuses...)
		}
	}
	add(r.Scope != Public, http.StatusUnauthorized, http.StatusForbidden)
	add(r.Scope == Public && r.Method == http.MethodPost, http.StatusForbidden) // by the page of another site
	add(strings.Contains(r.Path, "{"), http.StatusNotFound)
	add(r.Method != http.MethodGet && r.Scope != Public, http.StatusConflict)
	add(op["requestBody"] != nil, http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	parameters, _ := op["parameters"].([]any)
	for _, p := range parameters {
		m, _ := p.(map[string]any)
		add(m["name"] == "If-Match", http.StatusPreconditionFailed)
	}
	return append(all, r.refuses...)
}

// responseName names what the document keeps about a status: 404 is NotFound.
func responseName(status int) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(http.StatusText(status))
}

// sharedResponses are the refusals that operations refer to.
func sharedResponses(ex examples) map[string]any {
	out := map[string]any{"Problem": problemOf("Any other refusal, such as one of whatever stands in front of Rung.", nil)}
	said := map[int]bool{}
	for _, row := range statuses() {
		if said[row.status] {
			continue
		}
		said[row.status] = true
		example := ex.Problems[strconv.Itoa(row.status)]
		if len(example) == 0 {
			example = rareProblem(row.status)
		}
		response := problemOf(statusMeans(row.status), example)
		headers := map[string]any{"X-Request-Id": headerRef("X-Request-Id")}
		switch row.status {
		case http.StatusUnauthorized:
			headers["WWW-Authenticate"] = headerRef("WWW-Authenticate")
		case http.StatusTooManyRequests:
			headers["Retry-After"], headers["RateLimit"], headers["RateLimit-Policy"] = headerRef("Retry-After"), headerRef("RateLimit"), headerRef("RateLimit-Policy")
		case http.StatusServiceUnavailable:
			headers["Retry-After"] = headerRef("Retry-After")
		}
		response["headers"] = headers
		out[responseName(row.status)] = response
	}
	return out
}

// rareProblem is an example of what a healthy server does not answer whoever asks once.
func rareProblem(status int) rawExample {
	f := errInternal()
	switch status {
	case http.StatusTooManyRequests:
		f = fault.TooMany(time.Second)
	case http.StatusServiceUnavailable:
		f = fault.Unavailable(nil)
	}
	b, _ := json.Marshal(newProblem(f, "4f3c2b1a"))
	return b
}

func problemOf(description string, example any) map[string]any {
	media := map[string]any{"schema": map[string]any{"$ref": "#/components/schemas/Problem"}}
	if raw, ok := example.(rawExample); ok && len(raw) > 0 {
		media["example"] = raw
	}
	return map[string]any{"description": description, "content": map[string]any{problemType: media}}
}

// statusMeans says why a status is answered.
func statusMeans(status int) string {
	switch status {
	case http.StatusBadRequest:
		return "The body can't be read."
	case http.StatusUnauthorized:
		return "There is no token, or it is not valid any more."
	case http.StatusForbidden:
		return "The caller may not do this, or there are as many as there may be."
	case http.StatusNotFound:
		return "There is no such thing, or the caller may not see it: the two can't be told apart."
	case http.StatusConflict:
		return "It contradicts what is there."
	case http.StatusGone:
		return "It was there once and can't be had any more."
	case http.StatusPreconditionFailed:
		return "It has been changed since the version that was named."
	case http.StatusRequestEntityTooLarge:
		return "The body is larger than allowed."
	case http.StatusUnsupportedMediaType:
		return "The body is of another type than is taken."
	case http.StatusUnprocessableEntity:
		return "Fields or parameters are not valid; errors says which."
	case http.StatusTooManyRequests:
		return "Too many requests; wait as long as Retry-After says."
	case http.StatusServiceUnavailable:
		return "It can't be done just now; ask again after Retry-After."
	default:
		return "Something went wrong in the server."
	}
}

// sharedHeaders are those that answers refer to.
func sharedHeaders() map[string]any {
	return map[string]any{
		"Rung-Seq":         header("string", "EPOCH-SEQ: the point of the workspace's history that the answer is of."),
		"ETag":             header("string", "Names what is answered, for If-None-Match; of a single thing its version, for If-Match."),
		"X-Request-Id":     header("string", "Under which the server's log knows the request."),
		"Retry-After":      header("integer", "How many seconds to wait."),
		"RateLimit":        header("string", "What is left of which limit, and in how many seconds there is more: `\"address\";r=90;t=10`. Absent where no limit is set."),
		"RateLimit-Policy": header("string", "The limit: `\"address\";q=100;w=10` is 100 requests in 10 seconds."),
		"WWW-Authenticate": header("string", "Always Bearer."),
	}
}

func header(kind, description string) map[string]any {
	return map[string]any{"schema": map[string]any{"type": kind}, "description": description}
}

func headerRef(name string) map[string]any {
	return map[string]any{"$ref": "#/components/headers/" + name}
}
