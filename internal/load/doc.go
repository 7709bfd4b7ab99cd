// Package load rehearses a number of users against a running server: people who are present hold a live stream each and
// ask for something now and then, whether or not what they asked for before was answered. While it measures it looks
// whether the server keeps its word: nothing acknowledged is lost or read stale, and every stream hears every event once
// and in order.
package load
