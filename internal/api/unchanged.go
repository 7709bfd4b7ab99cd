package api

import (
	"net/http"
	"strings"
)

// conditional reports whether a client that has what a route answers already may be told so: on every GET but those that
// never end or are read once.
func (r *Route) conditional() bool { return r.Method == http.MethodGet && !r.streams }

// tag gives what a handler answered its entity tag, and a client that has it already just that. What a version names
// exactly has it from its handler; anything else gets one of its bytes, behind the version where there is one, for
// If-Match to find.
func (rec *recorder) tag(w http.ResponseWriter, r *http.Request, route *Route) {
	if rec.status != http.StatusOK {
		rec.write(w, r)
		return
	}
	h := w.Header()
	tag := h.Get("ETag")
	switch {
	case tag == "":
		tag = etagOf(rec.body)
	case !route.tagged:
		tag = versionTag(tag, rec.body)
	}
	h["Etag"] = []string{tag}
	if route.Scope != Public && route.Scope != Session && !route.instance { // what may be kept, if it is asked for each time
		h["Cache-Control"] = []string{"private, no-cache"}
	}
	if unchanged(r, tag) {
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	rec.write(w, r)
}

// versionTag is the tag of a thing whose answer depends on more than its version: "7" becomes "7-1kq9x".
func versionTag(version string, body []byte) string {
	hash := strings.Trim(strings.TrimPrefix(etagOf(body), "W/"), `"`)
	return strings.TrimSuffix(version, `"`) + "-" + hash + `"`
}

// unchanged reports whether the request has the answer that the tag names.
func unchanged(r *http.Request, tag string) bool {
	some := r.Header["If-None-Match"]
	if len(some) == 1 {
		return matchesAny(some[0], tag)
	}
	return matchesAny(strings.Join(some, ","), tag)
}
