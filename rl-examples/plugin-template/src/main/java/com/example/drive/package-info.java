/**
 * A plugin to start your own from.
 *
 * <p>{@link com.example.drive.Signpost} is the shortest environment, {@link
 * com.example.drive.TwoLaneDrive} one without end, with saved state and a picture in text, {@link
 * com.example.drive.Fog} a wrapper, {@link com.example.drive.KeepDistance} a policy and {@link
 * com.example.drive.Streak} a listener. {@link com.example.drive.AdvantageLearning} is the shortest
 * learner on a table, {@link com.example.drive.DifferentialQLearning} one with its own options and
 * saved state, and {@link com.example.drive.DeepQLearning} a learner with a network. {@link
 * com.example.drive.DriveCatalogue} gives each an id and options.
 */
package com.example.drive;
