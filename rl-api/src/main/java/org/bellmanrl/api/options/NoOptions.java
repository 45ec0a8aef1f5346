package org.bellmanrl.api.options;

/** The configuration of something that has no options. */
public record NoOptions() {}
