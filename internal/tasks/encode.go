package tasks

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// timeFormat is RFC 3339 in UTC with milliseconds.
const timeFormat = "2006-01-02T15:04:05.000Z"

// Time is an instant with the precision of the wire format, milliseconds, always in UTC.
type Time time.Time

// At gives the instant of Unix milliseconds.
func At(ms int64) Time { return Time(time.UnixMilli(ms).UTC()) }

// UnixMilli gives it in Unix milliseconds.
func (t Time) UnixMilli() int64 { return time.Time(t).UnixMilli() }

// MarshalJSON writes RFC 3339.
func (t Time) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, len(timeFormat)+2)
	b = append(b, '"')
	b = time.Time(t).UTC().AppendFormat(b, timeFormat)
	return append(b, '"'), nil
}

// UnmarshalJSON reads RFC 3339 with any zone and cuts it to milliseconds.
func (t *Time) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	v, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || v.UTC().Year() < 1 || v.UTC().Year() > 9999 { // in UTC a year can need more digits than there are
		return fmt.Errorf("not a time as RFC 3339 writes it")
	}
	*t = Time(v.UTC().Truncate(time.Millisecond))
	return nil
}

// marshal encodes a document. Characters such as < stay what they are; pages that embed one escape it themselves.
func marshal(v any) ([]byte, error) {
	e := encoders.Get().(*encoder)
	e.into.Reset()
	if err := e.json.Encode(v); err != nil {
		return nil, fmt.Errorf("encode a document: %w", err)
	}
	out := bytes.Clone(bytes.TrimSuffix(e.into.Bytes(), []byte{'\n'}))
	if e.into.Cap() <= maxEncoded {
		encoders.Put(e)
	}
	return out, nil
}

// encoder encodes one document after the other.
type encoder struct {
	json *json.Encoder
	into bytes.Buffer
}

var encoders = sync.Pool{New: func() any {
	e := &encoder{}
	e.json = json.NewEncoder(&e.into)
	e.json.SetEscapeHTML(false)
	return e
}}

// maxEncoded is how large the room of an encoder may have become to be kept for others.
const maxEncoded = 64 << 10

func appendID(b []byte, id uuid.UUID) []byte {
	b = hex.AppendEncode(b, id[0:4])
	b = append(b, '-')
	b = hex.AppendEncode(b, id[4:6])
	b = append(b, '-')
	b = hex.AppendEncode(b, id[6:8])
	b = append(b, '-')
	b = hex.AppendEncode(b, id[8:10])
	b = append(b, '-')
	return hex.AppendEncode(b, id[10:16])
}

// appendString writes a JSON string.
func appendString(b []byte, s string) []byte {
	if plain(s) {
		b = append(b, '"')
		b = append(b, s...)
		return append(b, '"')
	}
	j, err := marshal(s)
	if err != nil { // a string always encodes
		return append(b, `""`...)
	}
	return append(b, j...)
}

func plain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r < 0x20 || r == '"' || r == '\\' || r == '\u2028' || r == '\u2029' || r == '\uFFFD'
	})
}

// String is the wire format.
func (t Time) String() string { return time.Time(t).UTC().Format(timeFormat) }
