/**
 * Text files that programs write and people edit: a {@link org.bellmanrl.results.document.Document}
 * reads YAML and JSON, {@link org.bellmanrl.results.document.SealedJson} and {@link
 * org.bellmanrl.results.document.SealedYaml} detect changed and damaged files by a checksum, and
 * {@link org.bellmanrl.results.document.AtomicFiles} writes a file completely or not at all.
 *
 * <p>Whatever is wrong with a file is reported by a {@link
 * org.bellmanrl.results.document.UserError}, whose message is for the person who named the file.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.results.document;

import org.jspecify.annotations.NullMarked;
