"""Measured error rates: clips whose truth is known are made from continuous takes, audited, and counted.

A finding without a known rate of false alarms is an opinion. The rates printed in reports come from here, and anybody can make them anew.
"""
